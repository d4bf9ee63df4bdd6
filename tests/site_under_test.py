"""A site to test: the small invented consortium, pooled in a folder of its own and served on a free port."""
import json
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Site:
    def __init__(self, program=ROOT / "build/release/pitchblende", database="", web=""):
        self.program = pathlib.Path(program).resolve()
        self.web = ["--web", web] if web else []  # templates, styles and words from there, not from the program
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="pitchblende-site-"))
        self.data = self.scratch / "data"
        self.server = None
        self.run("demo", "--out", self.data, data=False)
        if database:
            config = self.data / "pitchblende.toml"
            config.write_text(config.read_text(encoding="utf-8").replace('database = ""', f'database = "{database}"'), encoding="utf-8")
            (self.data / "pitchblende.db").unlink(missing_ok=True)
            self.run("init")
        self.run("pool", wanted=(0, 3))
        self.run("bookable", self.data / "bookable.json")
        self.run("calls", self.data / "calls.json")
        self.start_mail()
        self.start()

    def run(self, *words, data=True, wanted=(0,)):
        """What the program says on its output; `wanted`: exit codes that are as they should be, None: any."""
        command = [self.program, *(["--data", self.data] if data else []), *map(str, words)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, cwd=self.scratch)
        if wanted is not None and done.returncode not in wanted:
            raise RuntimeError(f"{' '.join(map(str, words))}: exit {done.returncode}: {done.stderr[-2000:]}{done.stdout[-2000:]}")
        return done

    def start_mail(self):
        """A real SMTP server; letters that it took stand in self.letters."""
        self.letters = self.scratch / "letters"
        self.letters.mkdir()
        self.mail = subprocess.Popen([ROOT / "tests/smtp_server.py", self.letters], stdout=subprocess.PIPE, text=True)
        port = int(self.mail.stdout.readline())
        with (self.data / "pitchblende.toml").open("a", encoding="utf-8") as config:
            config.write(f'\n[mail]\nhost = "127.0.0.1"\nport = {port}\nfrom = "pool@example.org"\n')

    def start(self):
        self.server = subprocess.Popen([self.program, "--data", self.data, "--json", "serve", "--port", "0", *self.web],
                                       stdout=subprocess.PIPE, text=True)
        self.address = json.loads(self.server.stdout.readline())["address"].rstrip("/")

    def kill(self):
        self.server.kill()
        self.server.wait()

    def thing(self, reference):
        """Kind and id of what a reference leads to."""
        said = json.loads(self.run("--json", "show", reference).stdout)
        return said["kind"], said["id"]

    def close(self):
        self.server.terminate()
        code = self.server.wait(20)
        self.mail.terminate()
        self.mail.wait(20)
        shutil.rmtree(self.scratch, ignore_errors=True)
        return code
