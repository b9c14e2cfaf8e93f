#!/usr/bin/env python3
"""Tests of the evidence page's tool: what holds, what does not, what is missing."""
import unittest

import evidence
import figures

LESSONS = {"files": 2, "checks": 1234, "failed": 0, "commit": "0123456789abcdef"}


class Pages(unittest.TestCase):
    def page(self, rows, record):
        section = figures.Section("T", "Means.", "make t", "t.json", rows)
        return evidence.page([section], lambda path: record, {"t.json": "fedcba"})

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

    def test_a_survivor_without_an_explanation_does_not_hold(self):
        record = {"mutants": 3, "killed": {"assertion": 2}, "equivalent": 0,
                  "survivors_not_explained": ["x"]}
        self.assertEqual(figures.mutants(record)[-1].holds, False)

    def test_signals_must_all_be_survived(self):
        record = {"sent": 3, "survived": 2, "moments": {"training": 3}}
        self.assertFalse(figures.signals(record)[-1].holds)


if __name__ == "__main__":
    unittest.main()
