#!/usr/bin/env python3
"""The checks of the tree find what they are there to find, in small trees made for it."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.dont_write_bytecode = True

import check_errors
import check_layers
import check_rules
import check_sizes
import check_words

LAYERS = "base\nstore\nnet files\nregistry\nsources search\npool\nhttp\n"


class Tree(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.write("src/LAYERS", LAYERS)

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def problems(self, check):
        return check.check(self.root)[0]

    def one_problem(self, check, words):
        found = self.problems(check)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])


class Layers(Tree):
    def include(self, file, *headers):
        self.write(file, "".join(f"#include {header}\n" for header in headers))

    def test_earlier_lines_and_own_folder_may_be_included(self):
        self.include("src/pool/pool.cpp", '"pool/inner.hpp"', '"registry/registry.hpp"', '"store/store.hpp"', "<vector>")
        self.assertEqual(self.problems(check_layers), [])

    def test_a_later_line_may_not(self):
        self.include("src/registry/registry.cpp", '"base/text.hpp"', '"pool/pool.hpp"')
        self.write("src/PUBLIC", "base: *\n")
        self.one_problem(check_layers, "src/registry/registry.cpp:2: pool/pool.hpp: pool is a later line")

    def test_a_neighbour_may_not(self):
        self.include("src/sources/csv.cpp", '"search/search.hpp"')
        self.one_problem(check_layers, "neighbours")

    def test_inner_headers_stay_inside(self):
        self.include("src/pool/pool.cpp", '"registry/inner.hpp"')
        self.one_problem(check_layers, "not a public header of registry")
        self.write("src/registry/inner.hpp", "")
        self.write("src/PUBLIC", "registry: inner.hpp\n")
        self.assertEqual(self.problems(check_layers), [])

    def test_a_public_header_must_exist(self):
        self.write("src/PUBLIC", "registry: gone.hpp\n")
        self.one_problem(check_layers, "src/registry/gone.hpp does not exist")
        self.write("src/CMakeLists.txt", "pb_embed(pb_registry registry/gone.hpp)\n")
        self.assertEqual(self.problems(check_layers), [])

    def test_tests_may_use_what_tests_share(self):
        self.write("tests/server.hpp", "")
        self.include("src/pool/pool_test.cpp", '"server.hpp"')
        self.include("src/pool/pool_fixture.hpp", '"../tests/server.hpp"')
        self.assertEqual(self.problems(check_layers), [])
        self.include("src/pool/pool.cpp", '"../tests/server.hpp"')
        self.one_problem(check_layers, "src/pool/pool.cpp:1: ../tests/server.hpp")

    def test_a_folder_without_a_place_is_named(self):
        self.include("src/extras/extras.cpp", "<vector>")
        self.one_problem(check_layers, "not in src/LAYERS")

    def test_libraries_have_one_door(self):
        for header, file in [("<boost/asio.hpp>", "pool"), ("<boost/beast/core.hpp>", "pool"), ("<soci/soci.h>", "pool"),
                             ("<sqlite3.h>", "registry"), ("<libpq-fe.h>", "registry"), ("<curl/curl.h>", "http")]:
            self.include(f"src/{file}/{file}.cpp", header)
            self.one_problem(check_layers, "may include it")
            (self.root / f"src/{file}/{file}.cpp").unlink()
        self.include("src/store/store.cpp", "<soci/soci.h>")
        self.include("src/http/http.cpp", "<boost/asio.hpp>")
        self.assertEqual(self.problems(check_layers), [])

    def test_heavy_headers_stand_in_two_files_and_no_header(self):
        for name in ["a", "b"]:
            self.include(f"src/pool/{name}.cpp", "<simdjson.h>")
        self.assertEqual(self.problems(check_layers), [])
        self.include("src/registry/c.cpp", "<simdjson.h>")
        self.one_problem(check_layers, "stands in 3 files")
        (self.root / "src/registry/c.cpp").unlink()
        (self.root / "src/pool/b.cpp").unlink()
        self.include("src/pool/b.hpp", "<simdjson.h>")
        self.one_problem(check_layers, "never in a header")

    def test_search_knows_no_sql_and_rules_are_pure(self):
        self.include("src/search/search.cpp", '"store/store.hpp"')
        self.one_problem(check_layers, "search knows no SQL")
        (self.root / "src/search/search.cpp").unlink()
        self.include("src/pool/pool_rules.cpp", '"base/clock.hpp"')
        self.one_problem(check_layers, "rules are pure")

    def test_an_exception_passes_and_goes_when_not_needed(self):
        self.include("src/sources/csv.cpp", '"search/search.hpp"')
        self.write("tools/layers_exceptions.txt", "# why\nsrc/sources/csv.cpp search/search.hpp\n")
        self.assertEqual(self.problems(check_layers), [])
        self.include("src/sources/csv.cpp", "<vector>")
        self.one_problem(check_layers, "not needed any more")


class Sizes(Tree):
    def test_files(self):
        self.write("src/base/a.cpp", "\n" * 600)
        self.write("src/base/a.hpp", "\n" * 201)
        problems, warnings = check_sizes.check(self.root)
        self.assertEqual(problems, [])
        self.assertEqual(len(warnings), 2, warnings)
        self.write("src/base/a.cpp", "\n" * 601)
        self.one_problem(check_sizes, "601 lines")

    def test_slices_without_their_tests(self):
        for number in range(10):
            self.write(f"src/base/f{number}.cpp", "\n" * 400)
            self.write(f"src/base/f{number}_test.cpp", "\n" * 400)
        self.assertEqual(self.problems(check_sizes), [])
        self.write("src/base/more.cpp", "\n")
        self.one_problem(check_sizes, "src/base: 4001 lines")
        (self.root / "src/base/more.cpp").unlink()
        self.write("src/base/csv/more.cpp", "\n")
        self.assertEqual(self.problems(check_sizes), [])

    def body(self, lines, head="int f(int x)"):
        return "namespace a {\n\n" + head + " {\n" + "  g();\n" * (lines - 2) + "}\n\n}  // namespace a\n"

    def test_functions(self):
        for head in ["int f(int x)", "Result<void> C::f() const", "C::C(int x) : m_x(x)", "template <class T>\nvoid f(T x) noexcept",
                     "bool operator==(const C& a, const C& b)", "auto f(int x) -> std::vector<int>"]:
            lines = head.count("\n")
            self.write("src/base/a.cpp", self.body(50 - lines, head))
            self.assertEqual(self.problems(check_sizes), [], head)
            self.write("src/base/a.cpp", self.body(51 - lines, head))
            self.one_problem(check_sizes, "has 51 lines")

    def test_functions_inside_a_class(self):
        method = "  void f() {\n" + "    g();\n" * 49 + "  }\n"
        self.write("src/base/a.cpp", f"class A final : public B {{\n public:\n{method}{method}}};\n")
        self.assertEqual(len(self.problems(check_sizes)), 2)

    def test_tables_namespaces_and_braces_in_text_are_no_functions(self):
        rows = "  {\"a(\", 1},\n" * 60
        self.write("src/base/a.cpp", "namespace a {\nconstexpr std::array<Row, 2> k_rows{{\n" + rows + "}};\n"
                   "const auto k_more = make({\n" + rows + "});\nvoid f() {\n  g(\"{\", '{', R\"({)\");  // {\n}\n" + "\n" * 60 + "}\n")
        self.assertEqual(self.problems(check_sizes), [])

    def test_lines_of_literals_are_data(self):
        self.write("src/base/a.cpp", "const Set& words() {\n  static const Set k{\n" + '      "a", {"b", 1.5}, \'c\',\n' * 60 + "  };\n  return k;\n}\n")
        self.assertEqual(self.problems(check_sizes), [])

    def test_the_list_only_shrinks(self):
        self.write("src/base/a.cpp", self.body(60))
        self.write("tools/sizes_exceptions.txt", "src/base/a.cpp f 60\n")
        self.assertEqual(self.problems(check_sizes), [])
        self.write("src/base/a.cpp", self.body(61))
        self.one_problem(check_sizes, "60 at most")
        self.write("src/base/a.cpp", self.body(50))
        self.one_problem(check_sizes, "not needed any more")


class Errors(Tree):
    def setUp(self):
        super().setUp()
        self.write("src/store/store.cpp", "fail(errors::full, path);\n")

    def rows(self, *rows):
        self.write("src/store/errors.tsv", "# code\n" + "".join("\t".join(row) + "\n" for row in rows))

    def test_a_good_row(self):
        self.rows(("STORE_FULL", "507", "“{0}” is full", "« {0} » est plein, l’espace manque"))
        self.assertEqual(self.problems(check_errors), [])

    def test_bad_rows(self):
        for row, words in [
            (("STORE_FULL", "507", "full"), "separated by tabs"),
            (("STORE_FULL", "507", "full", " "), "separated by tabs"),
            (("STORE_FULL", "700", "full", "plein"), "no HTTP status"),
            (("STORE_FULL", "507", "full {0}", "plein"), "same arguments"),
            (("STORE_FULL", "507", "full", "l'espace manque"), "French quotes"),
            (("STORE_FULL", "507", "full", "“plein”"), "French quotes"),
            (("STORE_FULL", "507", "full", "full"), "is the English one"),
            (("STORE_EMPTY", "507", "empty", "vide"), "used nowhere"),
        ]:
            self.rows(row)
            self.one_problem(check_errors, words)

    def test_a_code_stands_once_and_under_its_slice(self):
        self.rows(("STORE_FULL", "507", "full", "plein"), ("STORE_FULL", "507", "full up", "tout plein"))
        self.one_problem(check_errors, "stands in src/store/errors.tsv:2 already")
        self.rows(("POOL_FULL", "507", "full", "plein"))
        self.assertTrue(any("does not begin with STORE_" in p for p in self.problems(check_errors)))


class Rules(Tree):
    def setUp(self):
        super().setUp()
        self.write("docs/rules/pool.md", "# Pool\n\n1. **One.** It is.\n2. Two, see rule 1.\n\n**3. Three** stands\nthere.\n")
        self.write("docs/rules/find.md", "# Find\n\n## 1. Words\n\n```\n9. no rule\n```\n\n1.1 A word.\n\n1.2 Words.\n")
        self.write("src/pool/pool_test.cpp", "// Rules 1 and 2.\n// docs/rules/find.md, 1: its chapter, and 1.1\n")
        self.write("tests/a.test.mjs", "// docs/rules/find.md,\n// rules 1.1 to 1.2; rule 3 of docs/rules/pool.md\n")

    def test_cited_in_every_way(self):
        self.assertEqual(self.problems(check_rules), [])
        self.write("src/pool/pool_test.cpp", "TEST(Pool, rules_1_to_3_hold) {}\n")
        self.assertEqual(self.problems(check_rules), [])

    def test_what_nothing_cites(self):
        self.write("tests/a.test.mjs", "// docs/rules/find.md, 1.1 and 1.2\n")
        self.one_problem(check_rules, "docs/rules/pool.md: nothing cites rule 3")

    def test_what_no_test_cites(self):
        (self.root / "src/pool/pool_test.cpp").rename(self.root / "src/pool/pool.cpp")
        self.write("tests/a.test.mjs", "// docs/rules/find.md, 1.1 to 1.2; docs/rules/pool.md, rules 2 and 3\n")
        self.one_problem(check_rules, "docs/rules/pool.md: no test cites rule 1")

    def test_what_is_not_there(self):
        for line, words in [("// Rule 4.", "src/pool/more.cpp:2: there is no rule 4 in docs/rules/pool.md"), ("// docs/rules/find.md, 1.7", "no rule 1.7"),
                            ("// docs/rules/gone.md, rule 1", "no rule 1 in docs/rules/gone.md"),
                            ("TEST(Pool, rule_8_what_it_says) {}", "no rule 8")]:
            self.write("src/pool/more.cpp", f"\n{line}\n")
            self.one_problem(check_rules, words)
        (self.root / "src/pool/more.cpp").unlink()
        self.write("src/http/a.cpp", "// Rule 1.\n")
        self.one_problem(check_rules, "no rule 1 in docs/rules/?.md")

    def test_a_number_stands_once(self):
        self.write("docs/rules/pool.md", "1. One\n2. Two\n2. Again\n3. Three\n")
        self.one_problem(check_rules, "rule 2 stands twice")


class Words(Tree):
    def test_good_words(self):
        self.write("src/base/a.cpp", "// Data stands in ../shared/data and in /var/lib/pitchblende; build/work/x is ours.\n")
        self.assertEqual(self.problems(check_words), [])

    def test_bad_words(self):
        for line, words in [("// TO" + "DO later", "undone"), ("path = '/wo" + "rk/main'", "one machine"),
                            ("/ho" + "me/camille/x", "one machine"), ("https://registry.npm" + "js.org/x", "registry"),
                            ("using namespace std;", "using namespace")]:
            self.write("src/base/a.cpp", line + "\n")
            self.one_problem(check_words, words)

    def test_names_that_say_nothing(self):
        for name in ["src/base/utils.cpp", "src/common/a.cpp", "src/base/string_helper.cpp", "src/base/manager.hpp"]:
            self.write(name, "\n")
            self.one_problem(check_words, "says nothing")
            (self.root / name).unlink()

    def test_links_lead_somewhere(self):
        self.write("docs/a.md", "[b](b.md#part) [tree](../src/LAYERS) [shared](../../shared/x) [web](https://example.org/x)\n")
        self.write("src/base/a.cpp", "using namespace std::string_literals;\nusing namespace std::literals;\n")
        self.one_problem(check_words, "docs/a.md:1: b.md: the link leads nowhere")
        self.write("docs/b.md", "\n")
        self.assertEqual(self.problems(check_words), [])

    def test_seeds_and_bytes_are_left_alone(self):
        self.write("fuzz/seeds/csv/a.csv", "TO" + "DO\n")
        (self.root / "a.bin").write_bytes(b"\0TO" + b"DO")
        self.assertEqual(self.problems(check_words), [])


if __name__ == "__main__":
    unittest.main()
