"""What a run under a sanitizer says: how many tests ran, which were skipped, and what was reported."""
import collections
import re

ENDED = re.compile(r"Test run with (\d+) tests? (?:in (\d+) suites? )?(passed|failed) after", re.M)
SKIPPED = re.compile(r"^\S+\s+Test (.*?) skipped(?:: \"?(.*?)\"?)?$", re.M)
FAILED = re.compile(r"^\S+\s+Test (.*?) failed after", re.M)
SUMMARY = re.compile(r"^SUMMARY: (?P<tool>\w+): (?P<what>.*)$", re.M)


class Run:
    """Read from what `swift test` printed and the reports of all its processes."""

    def __init__(self, output, logs):
        ended = ENDED.findall(output)
        self.tests = sum(int(tests) for tests, _, _ in ended)
        self.suites = sum(int(suites or 0) for _, suites, _ in ended)
        self.finished = bool(ended)
        self.skipped = sorted(set(SKIPPED.findall(output)))
        self.failed = sorted(set(FAILED.findall(output)))
        self.reports = collections.Counter(what for log in logs for what in told(log))

    @property
    def is_clean(self):
        return self.finished and self.tests > 0 and not self.failed and not self.reports

    def record(self):
        return {"tests": self.tests, "suites": self.suites, "finished": self.finished,
                "failed": self.failed, "reports": sum(self.reports.values()),
                "distinct_reports": sorted(self.reports),
                "skipped": [{"test": test, "why": why} for test, why in self.skipped]}


def told(log):
    """The reports in one process's log. One that broke off before its summary is a report too."""
    found = [match["what"] for match in SUMMARY.finditer(log)]
    if not found and log.strip():
        found = [log.strip().splitlines()[0]]
    return found
