"""A private PostgreSQL 15: a cluster in a temporary folder, reached through a socket there, gone at the end. Run as the user
postgres when root runs the test, which PostgreSQL refuses to be."""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")


def installed():
    return (PROGRAMS / "initdb").exists()


class PrivatePostgresql:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="pitchblende_pg_")
        self.user = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        data = f"{self.folder}/data"
        self.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.log = open(f"{self.folder}/log", "wb")
        self.server = subprocess.Popen(
            [PROGRAMS / "postgres", "-D", data, "-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off"],
            stdout=self.log, stderr=self.log, cwd=self.folder, **self.user)
        until = time.monotonic() + 30
        while subprocess.run([PROGRAMS / "pg_isready", "-q", "-h", self.folder], check=False).returncode != 0:
            if time.monotonic() > until:
                raise RuntimeError(pathlib.Path(self.folder, "log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)
        self.run("psql", "-q", "-X", "-h", self.folder, "-U", "postgres", "-c", "CREATE DATABASE site TEMPLATE template0", "postgres")
        self.address = f"postgresql:///site?host={self.folder}&user=postgres"

    def run(self, program, *words):
        subprocess.run([PROGRAMS / program, *words], check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **self.user)

    def close(self):
        self.server.terminate()
        self.server.wait(20)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
