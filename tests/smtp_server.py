#!/usr/bin/python3
"""smtp_server.py FOLDER [--port N] [--refuse ADDRESS]… [--later ADDRESS]…: a real SMTP server on this machine. Prints its port; keeps each letter
that it takes as FOLDER/N.eml with its recipient in FOLDER/N.to. Recipients named by --refuse get 550, by --later 451.
"""
import argparse
import asyncio
import pathlib
import signal
import sys

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self, folder, refuse, later):
        self.folder, self.refuse, self.later, self.count = folder, refuse, later, 0

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.refuse:
            return "550 5.1.1 nobody of that name"
        if address in self.later:
            return "451 4.3.0 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.count += 1
        while (self.folder / f"{self.count}.eml").exists():
            self.count += 1
        (self.folder / f"{self.count}.to").write_text("\n".join(envelope.rcpt_tos), encoding="utf-8")
        part = self.folder / f"{self.count}.part"
        part.write_bytes(envelope.content)
        part.rename(self.folder / f"{self.count}.eml")
        return "250 taken"


async def serve(given):
    loop = asyncio.get_running_loop()
    keeper = Keeper(given.folder, given.refuse, given.later)
    server = await loop.create_server(lambda: SMTP(keeper, hostname="localhost"), "127.0.0.1", given.port)
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    print(server.sockets[0].getsockname()[1], flush=True)
    await stop.wait()
    server.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--refuse", action="append", default=[])
    parser.add_argument("--later", action="append", default=[])
    asyncio.run(serve(parser.parse_args()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
