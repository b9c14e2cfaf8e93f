#!/usr/bin/env python3
"""The tool's own tests: which files belong to a floor, rounding at the bound, gaps, half a record."""
import unittest

import figures
from bounds import BOUNDS, Bounds


def file(path, lines, regions=(0, 0), functions=(0, 0)):
    kinds = {"lines": lines, "regions": regions, "functions": functions}
    return {"filename": "/house/" + path, "summary": {
        kind: {"count": count, "covered": covered} for kind, (count, covered) in kinds.items()}}


class Floors(unittest.TestCase):
    def test_files_are_added_up_by_target(self):
        files = [file("Sources/Engine/A.swift", (10, 9), (4, 2)),
                 file("Sources/Engine/Exact/B.swift", (30, 30), (6, 6), (3, 1)),
                 file("Sources/Language/C.swift", (60, 30)),
                 file("Sources/EngineRoom/D.swift", (1000, 0)),
                 file("Tests/EngineTests/E.swift", (1000, 0)),
                 file(".build/Sources/Engine/F.swift", (1000, 0))]
        (language, engine), total = figures.floors(files, "/house", ["Language", "Engine"])
        self.assertEqual((language.name, engine.name), ("Language", "Engine"))
        self.assertEqual(engine.record(), {
            "lines": {"count": 40, "covered": 39, "percent": 97.5},
            "regions": {"count": 10, "covered": 8, "percent": 80.0},
            "functions": {"count": 3, "covered": 1, "percent": 33.33}})
        self.assertEqual((total.files, total.counts["lines"].count,
                          total.counts["lines"].covered), (3, 100, 69))

    def test_a_floor_without_files_is_an_error_and_not_complete(self):
        with self.assertRaisesRegex(LookupError, "Drawing"):
            figures.floors([file("Sources/Engine/A.swift", (1, 1))], "/house",
                           ["Engine", "Drawing"])


class Bound(unittest.TestCase):
    def test_shown_never_more_than_is_true(self):
        self.assertEqual(figures.Count(10000, 9499).shown, "94.9 %")
        self.assertEqual(figures.Count(10000, 9500).shown, "95.0 %")
        self.assertEqual(figures.Count(3, 3).shown, "100.0 %")

    def short(self, *lines):
        names = ["A", "B"][:len(lines)]
        files = [file("Sources/%s/x.swift" % name, one) for name, one in zip(names, lines)]
        return figures.shortfalls(*figures.floors(files, "/house", names), Bounds(95, 90))

    def test_total_and_each_floor_have_bounds(self):
        self.assertEqual(self.short((1000, 950)), [])
        self.assertEqual(self.short((1000, 949)),
                         ["total: 94.9 % of the lines ran; the bound is 95 %"])
        self.assertEqual(self.short((1000, 999), (10, 8)),
                         ["B: 80.0 % of the lines ran; the bound is 90 %"])

    def test_the_bound_is_the_one_promised(self):
        self.assertGreaterEqual(BOUNDS.total, 95)
        self.assertGreaterEqual(BOUNDS.floor, 90)


class Missing(unittest.TestCase):
    def test_lines_that_never_ran_are_joined(self):
        lcov = "\n".join(["SF:/house/Sources/A/x.swift", "DA:1,0", "DA:2,0", "DA:3,7", "DA:9,0",
                          "end_of_record", "SF:/house/Sources/AB/y.swift", "DA:1,0"])
        self.assertEqual(figures.missing(lcov, "/house", "A"),
                         [("Sources/A/x.swift", [(1, 2), (9, 9)])])


if __name__ == "__main__":
    unittest.main()
