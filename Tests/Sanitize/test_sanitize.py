#!/usr/bin/env python3
"""The tool's own tests: what counts as a report, as skipped, and as a run that never ended."""
import unittest

import reports
from sanitizers import SANITIZERS, environment

PASSED = """\
✔ Test `a`() passed after 0.1 seconds.
➜ Test `big`() skipped: "not under a sanitizer"
✔ Test run with 12 tests in 3 suites passed after 0.5 seconds.
"""
RACE = """\
==================
WARNING: ThreadSanitizer: data race (pid=7)
SUMMARY: ThreadSanitizer: data race /x/Parallel.swift:12 in share
==================
WARNING: ThreadSanitizer: data race (pid=7)
SUMMARY: ThreadSanitizer: data race /x/Parallel.swift:12 in share
"""


class Reading(unittest.TestCase):
    def test_a_clean_run(self):
        run = reports.Run(PASSED, [""])
        self.assertTrue(run.is_clean)
        self.assertEqual((run.tests, run.suites), (12, 3))
        self.assertEqual(run.skipped, [("`big`()", "not under a sanitizer")])

    def test_each_report_counts_whether_tests_passed_or_not(self):
        run = reports.Run(PASSED, ["", RACE])
        self.assertFalse(run.is_clean)
        self.assertEqual(dict(run.reports), {"data race /x/Parallel.swift:12 in share": 2})
        self.assertEqual(run.record()["reports"], 2)

    def test_a_report_that_broke_off_counts(self):
        run = reports.Run(PASSED, ["==7==ERROR: AddressSanitizer: SEGV\nno more"])
        self.assertEqual(list(run.reports), ["==7==ERROR: AddressSanitizer: SEGV"])

    def test_a_run_that_never_ended_is_not_clean(self):
        self.assertFalse(reports.Run("✔ Test `a`() passed after 0.1 seconds.\n", []).is_clean)
        self.assertFalse(reports.Run("", []).is_clean)
        none = "✔ Test run with 0 tests in 0 suites passed after 0.1 seconds."
        self.assertFalse(reports.Run(none, []).is_clean)

    def test_a_failed_test_is_named(self):
        run = reports.Run(PASSED + "✘ Test `b`() failed after 2.0 seconds with 1 issue.\n", [])
        self.assertEqual(run.failed, ["`b`()"])
        self.assertFalse(run.is_clean)


class Options(unittest.TestCase):
    def test_reports_go_into_files_of_their_own(self):
        for sanitizer in SANITIZERS:
            first = next(iter(sanitizer.options))
            self.assertTrue(environment(sanitizer, "/logs/x")[first].endswith(":log_path=/logs/x"))


if __name__ == "__main__":
    unittest.main()
