#!/usr/bin/env python3
"""The runner's own tests: what it makes of lines, of disagreement, and of programs that break."""
import sys
import unittest

import bounds
import page
import peers
import rounds
from figures import Figures, lines


def line(who, what, median, check, unit="ns/call"):
    return "%-26s %-30s med %12.4f min %12.4f %-8s check %.15g" % (
        who, what, median, median / 2, unit, check)


def figures(*printed):
    gathered = Figures()
    for one in lines("\n".join(printed)):
        gathered.add(one)
    return gathered


class Lines(unittest.TestCase):
    def test_names_with_blanks_are_told_apart(self):
        one, = lines(line("C, 8 examples at a time", "W3 epoch, first 5 only", 6.5, -2.5))
        self.assertEqual((one.who, one.what), ("C, 8 examples at a time", "W3 epoch, first 5 only"))
        self.assertEqual((one.median, one.least, one.check), (6.5, 3.25, -2.5))

    def test_scaling_and_counted_lines(self):
        text = line("Swift AVX2", "scaling nodes 1000", 4, 1) + " units 1000"
        self.assertEqual([(one.what, one.units) for one in lines(text)],
                         [("scaling nodes 1000", 1000)])

    def test_words_for_people_are_passed_over(self):
        self.assertEqual(lines("compiled in 2 s\nW1 is next\n"), [])


class Medians(unittest.TestCase):
    def test_over_rounds(self):
        row = figures(*[line("C", "W1 f", median, 1) for median in (3, 1, 8)]).row("C", "W1 f")
        self.assertEqual((row.median, row.spread), (3, (0.5, 8)))

    def test_ours_is_the_widest(self):
        both = figures(line("Swift SSE2", "W3 epoch", 9, 1), line("Swift AVX2", "W3 epoch", 5, 1),
                       line("Swift _Differentiation", "W3 epoch", 99, 1))
        self.assertEqual(both.row("Swift", "W3 epoch").who, "Swift AVX2")
        self.assertEqual([row.who for row in both.rows.values() if row.ours],
                         ["Swift SSE2", "Swift AVX2"])

    def test_ours_by_itself_comes_first(self):
        both = figures(line("Swift AVX-512", "W4 epoch", 9, 1), line("Swift", "W4 epoch", 8, 1))
        self.assertEqual(both.row("Swift", "W4 epoch").median, 8)


class Agreement(unittest.TestCase):
    def test_the_last_digits_may_differ(self):
        self.assertEqual(figures(
            line("a", "W1 f", 1, 2548), line("b", "W1 g", 1, 2548.000001)).disagreements(), [])

    def test_who_differs_is_named(self):
        told, = figures(line("a", "W1 f", 1, 2548), line("b", "W1 g", 1, 2548.0001),
                        line("c", "W1 f", 1, 2548)).disagreements()
        self.assertIn("b in “W1 g” has 2548.0001", told)
        self.assertNotIn("a in", told)

    def test_no_number_agrees_with_nothing(self):
        self.assertEqual(len(figures(line("a", "W1 f", 1, 1), line("b", "W1 f", 1, 1),
                                     line("c", "W1 f", 1, float("nan"))).disagreements()), 1)

    def test_one_bad_round_is_enough(self):
        self.assertEqual(len(figures(line("a", "W4 epoch", 1, 7), line("a", "W4 epoch", 1, 8),
                                     line("b", "W4 epoch", 1, 7)).disagreements()), 1)

    def test_only_the_same_quantity_is_compared(self):
        self.assertEqual(figures(
            line("a", "W2 replay forward", 1, 73), line("a", "W2 backward", 1, 13821),
            line("a", "W2 bytes a node", 1, 0), line("a", "W3 epoch", 1, 0.018),
            line("a", "W3 epoch, first 5 only", 1, 0.4), line("a", "W2b backward", 1, -4871),
            line("a", "scaling nodes 100", 1, 3), line("a", "scaling nodes 1000", 1, 4),
        ).disagreements(), [])
        self.assertEqual(len(figures(
            line("a", "W2 replay forward", 1, 73),
            line("b", "W2 build from a graph", 1, 74)).disagreements()), 1)


class Verdicts(unittest.TestCase):
    def verdict(self, start_of_what, *printed, start=None):
        bound, = [one for one in bounds.BOUNDS if one.what.startswith(start_of_what)]
        return bounds.judged(bound, figures(*printed), start)

    def test_a_ratio(self):
        other = line("C", "W1 value and gradients", 2, 1)
        slow, fast = (line("Swift", "W1 value and gradients", ns, 1) for ns in (11, 9))
        self.assertEqual(self.verdict("the same; C by hand", slow, other), ("5.5", "NO"))
        self.assertEqual(self.verdict("the same; C by hand", fast, other), ("4.5", "yes"))

    def test_each_round_has_its_own_ratio(self):
        # The machine was slow in one round for one of them, in another for both.
        ours = [line("Swift", "W1 value and gradients", ns, 1) for ns in (9, 18, 10)]
        other = [line("C", "W1 value and gradients", ns, 1) for ns in (2, 4, 9)]
        self.assertEqual(self.verdict("the same; C by hand", *ours, *other), ("4.5", "yes"))

    def test_only_rounds_of_both_are_compared(self):
        ours = [line("Swift", "W1 value and gradients", ns, 1) for ns in (9, 18, 12)]
        other = line("C", "W1 value and gradients", 2, 1)
        self.assertEqual(self.verdict("the same; C by hand", *ours, other), ("4.5", "yes"))
        bound, = [one for one in bounds.BOUNDS if one.what.startswith("the same; C by hand")]
        self.assertEqual(bounds.of_medians(bound, figures(*ours, other)), "6")

    def test_without_a_round_of_both_there_is_no_ratio(self):
        gathered = figures()
        for number, text in enumerate([line("Swift", "W1 value and gradients", 9, 1),
                                       line("C", "W1 value and gradients", 2, 1)]):
            gathered.add(lines(text)[0], number)
        bound, = [one for one in bounds.BOUNDS if one.what.startswith("the same; C by hand")]
        self.assertEqual(bounds.judged(bound, gathered, None), ("", "never in the same round"))

    def test_speeds_turn_over(self):
        other = line("LuaJIT", "W6 text to program", 20, 1, "ms")
        ours = line("Swift", "W6 text to graph", 2, 1, "ms")
        self.assertEqual(self.verdict("formula text", ours, other), ("10", "yes"))

    def test_what_is_not_there_is_named(self):
        value, verdict = self.verdict("the same; C by hand")
        self.assertEqual(value, "")
        self.assertIn("“W1 value and gradients” of C", verdict)

    def test_the_start(self):
        self.assertEqual(self.verdict("start", start=5.5), ("5.5", "NO"))
        self.assertIn("not measured", self.verdict("start")[1])


class Breaking(unittest.TestCase):
    def words(self, script, limit=20):
        run = rounds.Run()
        program = peers.Program("p", "c/p.c", limit=limit)
        return rounds.words(run, "p", program, [sys.executable, "-c", script]), run.broken

    def test_a_crash_is_noted(self):
        text, broken = self.words("print('so far', flush=True); raise ValueError('odd')")
        self.assertEqual(text, "so far\n")
        self.assertEqual(broken, {"p": "ends with status 1: ValueError: odd"})

    def test_a_program_that_does_not_end_is_noted(self):
        text, broken = self.words("print('so far', flush=True); import time; time.sleep(9)", 0.5)
        self.assertEqual(text, "so far\n")
        self.assertIn("not done", broken["p"])

    def test_a_program_that_is_not_there_is_noted(self):
        run = rounds.Run()
        rounds.words(run, "p", peers.Program("p", "c/p.c"), ["/nowhere/at/all"])
        self.assertEqual(list(run.broken), ["p"])


class Page(unittest.TestCase):
    def test_numbers_have_no_exponent(self):
        self.assertEqual([page.number(x) for x in (0.0123, 4.567, 123.4, 1234567.8)],
                         ["0.012", "4.57", "123.4", "1,234,568"])


if __name__ == "__main__":
    unittest.main()
