#!/usr/bin/env python3
"""What the generators make compiles and says what it was given; what is wrong is refused with its line."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent.parent


class Generators(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def make(self, tool, *arguments):
        return subprocess.run([sys.executable, TOOLS / tool, *map(str, arguments)], capture_output=True, text=True, check=False)

    def errors(self, text):
        table = self.folder / "errors.tsv"
        table.write_text(text, encoding="utf-8")
        return self.make("errors.py", "store", table, self.folder / "errors.hpp")

    def test_errors(self):
        done = self.errors('# code\nSTORE_FULL\t507\tthe disk "{0}" is full\tle disque « {0} » est plein\n')
        self.assertEqual(done.returncode, 0, done.stderr)
        made = (self.folder / "errors.hpp").read_text(encoding="utf-8")
        self.assertIn("namespace pitchblende::store::errors {", made)
        self.assertIn('ErrorKind full{"STORE_FULL", 507, "the disk \\"{0}\\" is full", "le disque « {0} » est plein"};', made)

    def test_bad_errors(self):
        for row, words in [("STORE_FULL\t507\tfull\n", "errors.tsv:1: 3 cells"), ("POOL_FULL\t507\tfull\tplein\n", "begin with STORE_"),
                           ("STORE_FULL\t600\tfull\tplein\n", "status 600"), ("STORE_FULL\t507\tfull {0}\tplein\n", "same arguments"),
                           ("STORE_A\t500\ta\tb\nSTORE_A\t500\ta\tb\n", "twice")]:
            done = self.errors(row)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words, done.stderr)

    @unittest.skipUnless(shutil.which("g++"), "no g++")
    def test_embedded_bytes_come_back(self):
        data = bytes(range(256)) + b'"\\??=0123\n' + "é".encode() * 50
        (self.folder / "in").mkdir()
        (self.folder / "in/b.bin").write_bytes(data)
        (self.folder / "in/a.sql").write_bytes(b"")
        out = self.folder / "store/migrations.hpp"
        done = self.make("embed.py", self.folder, out, self.folder / "in/b.bin", self.folder / "in/a.sql")
        self.assertEqual(done.returncode, 0, done.stderr)
        (self.folder / "main.cpp").write_text(
            '#include <cstdio>\n#include "store/migrations.hpp"\nint main() {\n'
            "  for (const auto& file : pitchblende::embedded::migrations()) {\n"
            '    std::printf("%s %zu\\n", std::string(file.path).c_str(), file.text.size());\n'
            "    std::fwrite(file.text.data(), 1, file.text.size(), stdout);\n  }\n}\n", encoding="utf-8")
        program = self.folder / "main"
        subprocess.run(["g++", "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-include", "string", f"-I{self.folder}",
                        str(self.folder / "main.cpp"), str(self.folder / "store/migrations.cpp"), "-o", str(program)], check=True)
        said = subprocess.run([str(program)], capture_output=True, check=True).stdout
        self.assertEqual(said, b"in/a.sql 0\nin/b.bin " + str(len(data)).encode() + b"\n" + data)


if __name__ == "__main__":
    unittest.main()
