"""What the tool itself has to get right, without a build: `python3 Tests/Mutation/test_mutation.py`."""

import json
import unittest
from pathlib import Path

import formulas
import rewrite
import sources
from points import Reader
from tokens import tokens

ROOT = Path(__file__).resolve().parent.parent.parent


def found(text):
    """Each mutant as its operator and what it says instead."""
    return [
        (point.kind, point.before, after) for point in Reader("a.swift", text).read()
        for after in point.after
    ]


class Tokens(unittest.TestCase):
    def test_brackets_know_their_mates(self):
        cut = tokens("f(a[1], { b })")
        self.assertEqual(cut[cut[1].mate].text, ")")
        self.assertEqual([cut[one.owner].text for one in cut if one.text in "ab1"], ["(", "[", "{"])

    def test_a_string_is_one_token_with_all_that_is_in_it(self):
        self.assertEqual([one.text for one in tokens(r'x = "a \(b("c")) d" // "')],
                         ["x", "=", r'"a \(b("c")) d"'])

    def test_all_files_can_be_cut(self):
        for path in ROOT.glob("Sources/L*/**/*.swift"):
            text = path.read_text()
            for one in tokens(text):
                self.assertEqual(text[one.start:one.end], one.text)


class Points(unittest.TestCase):
    def test_comparisons_move_their_boundary_and_turn_round(self):
        self.assertEqual(found("let x = a < b"),
                         [("comparison", "<", "<="), ("comparison", "<", ">=")])

    def test_signs_of_types_and_declarations_are_left_alone(self):
        self.assertEqual(found("static func < (a: Set<Int>, b: [Int?]) -> Bool { f(&a) }"), [])

    def test_conditions_are_forced_one_by_one(self):
        own = found("func f() {\n  guard let a, b(c), d else { return }\n}")
        self.assertEqual(own, [
            ("guard clause", "b(c)", "true"), ("guard clause", "b(c)", "false"),
            ("guard clause", "d", "true"), ("guard clause", "d", "false")])

    def test_statements_are_removed_and_results_are_not(self):
        text = "func f() -> Int {\n  count += one\n  list.drop()\n  return g(x)\n}"
        self.assertEqual([one for one in found(text) if one[0] == "statement"],
                         [("statement", "count += one", "(removed)"),
                          ("statement", "list.drop()", "(removed)")])
        self.assertEqual(found("func f() -> Int {\n  g(x)\n}"), [])

    def test_what_must_be_set_once_stays_set(self):
        self.assertEqual(found("func f() {\n  let a: Int\n  a = b\n}"), [])

    def test_elements_of_lists_are_dropped_and_types_are_not(self):
        self.assertEqual(found("let a: [Int] = [b, c]"),
                         [("element", "[…]", "b dropped"), ("element", "[…]", "c dropped")])

    def test_rules_are_mutated_as_formulas_and_prose_not_at_all(self):
        own = found('let a = unary("f", summary: "Says", rule: "x - y")')
        self.assertIn((["rule name", "rule operator", "rule name"], '"x - y"', '"x + y"'), own)
        self.assertNotIn('"Says"', [before for _, before, _ in own])

    def test_numbers_of_examples_are_data_of_tests(self):
        self.assertEqual(found("let a = f(x, examples: [[1, 2], [-3]])"), [])

    def test_minus_one_is_a_number(self):
        self.assertEqual(found("f(-1)"),
                         [("number", "-1", "0"), ("number", "-1", "-2"), ("number", "-1", "1")])


class Formulas(unittest.TestCase):
    def test_a_rule_changes_in_all_its_parts(self):
        own = [text for _, text in formulas.mutants("-y / b")]
        self.assertEqual(own, ["y / b", "-b / b", "-y * b", "-y / y"])

    def test_arguments_are_swapped(self):
        self.assertIn(("rule arguments", "if(x > 0, 0, 1)"),
                      [(kind, " ".join(text.replace(",", ", ").split()))
                       for kind, text in formulas.mutants("if(x > 0, 1, 0)")])


class Rewriting(unittest.TestCase):
    def test_operators_of_our_own_say_their_number(self):
        for number in (1, 7, 8, 4095):
            self.assertEqual(rewrite.number(rewrite.sign(number)[1:]), number)

    def test_lines_keep_their_numbers_and_nesting_is_right(self):
        text = "func f() {\n  if a < 1 {\n    b = [c,\n      d]\n  }\n}\n"
        points = Reader("a.swift", text).read()
        for number, point in enumerate(points):
            point.ids = [10 * number + place for place in range(len(point.after))]
        new = rewrite.rewritten(text, points, "import X")
        self.assertEqual(new.count("\n"), text.count("\n"))
        self.assertEqual(new.count("("), new.count(")"))
        self.assertEqual(new.count("{"), new.count("}"))


class Mutants(unittest.TestCase):
    def test_every_mutant_has_a_name_of_its_own(self):
        _, mutants = sources.found(ROOT)
        self.assertGreater(len(mutants), 1000)
        self.assertEqual(len({one.key for one in mutants}), len(mutants))

    def test_the_equivalents_are_mutants_and_explained(self):
        keys = {one.key for one in sources.found(ROOT)[1]}
        for group in json.loads((ROOT / "Tests/Mutation/equivalents.json").read_text()):
            self.assertTrue(group["why"].endswith("."), group)
            for one in group["mutants"]:
                self.assertIn(sources.key(one), keys)


if __name__ == "__main__":
    unittest.main()
