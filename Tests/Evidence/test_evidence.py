#!/usr/bin/env python3
"""Tests of the evidence page's tool: what holds, what does not, what is missing."""
import os
import sys
import unittest

import evidence
import figures

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sanitize"))
import reports  # noqa: E402

LESSONS = {"files": 2, "checks": 1234, "failed": 0, "commit": "0123456789abcdef"}


class Pages(unittest.TestCase):
    def page(self, rows, record, command="make t", passed=()):
        section = figures.Section("T", "Means.", command, "t.json", rows)
        return evidence.page([section], lambda path: record, {"t.json": "fedcba"}, dict(passed))

    def test_a_figure_stands_with_its_command_and_commit(self):
        text, still_open = self.page(figures.lessons, LESSONS)
        self.assertIn("| outputs, assertions and answers verified | 1,234 | 0 differ; bound 0 | yes |", text)
        self.assertIn("Made by `make t`, at commit 0123456789ab.", text)
        self.assertEqual(still_open, [])

    def test_a_figure_that_does_not_hold_is_told(self):
        text, still_open = self.page(figures.lessons, dict(LESSONS, failed=1))
        self.assertIn("| 1 differ; bound 0 | NO |", text)
        self.assertEqual(still_open, ["T"])

    def test_what_was_not_measured_does_not_hold(self):
        text, still_open = self.page(figures.lessons, None)
        self.assertIn("Not measured yet: `make t` measures it.", text)
        self.assertEqual(still_open, ["T"])

    def test_fuzzing_counts_all_runs_of_a_target(self):
        run = dict(target="csv", executions=6_000_000, edges=5, features=7, crashes=0, commit="a")
        rows = figures.fuzzing([run, dict(run, commit="b")])
        self.assertEqual([row.figure for row in rows], ["12,000,000"])
        self.assertTrue(rows[0].holds)
        self.assertFalse(figures.fuzzing([run])[0].holds)
        self.assertFalse(figures.fuzzing([run, dict(run, crashes=1)])[0].holds)
        # A clean run of the same commit after it makes nothing good.
        self.assertFalse(figures.fuzzing([dict(run, crashes=1), run])[0].holds)

    def test_fuzzing_tells_how_many_inputs_were_checked_for_everything(self):
        run = dict(target="csv", executions=6_400, edges=5, features=7, crashes=0, commit="a")
        rows = figures.fuzzing([run, dict(run, commit="b", share=64)])
        self.assertIn("6,500 of them checked for everything", rows[0].what)

    def test_figures_of_the_suite_hold_only_if_it_passes(self):
        record = {"records": 2, "terminal": {"a line": 2}}
        for passed, holds in ((True, True), (False, False), (None, False)):
            steps = {} if passed is None else {"make coverage": passed}
            _, still_open = self.page(figures.hostile, record, "make test", steps)
            self.assertEqual(still_open == [], holds)

    def test_what_the_sanitizers_write_is_read(self):
        run = {"sanitizer": "address", "clean": True, **reports.Run("", []).record()}
        self.assertIn("0 reports", figures.sanitizers({"runs": [run]})[0].bound)

    def test_a_survivor_without_an_explanation_does_not_hold(self):
        record = {"mutants": 5, "not_compiling": 1, "not_run": 0, "killed": {"assertion": 3},
                  "equivalent": 0, "survivors_not_explained": ["x"]}
        rows = figures.mutants(record)
        self.assertEqual(rows[0].figure, "4")
        self.assertEqual(rows[-1].holds, False)
        self.assertEqual(figures.mutants(dict(record, not_run=1))[1].holds, False)

    def test_signals_must_all_be_survived(self):
        record = {"sent": 1000, "survived": 999, "moments": {"training": 1000}}
        self.assertFalse(figures.signals(record)[-1].holds)

    def test_a_few_signals_are_not_a_thousand(self):
        record = {"sent": 48, "survived": 48, "moments": {"training": 48}}
        self.assertFalse(figures.signals(record)[0].holds)


if __name__ == "__main__":
    unittest.main()
