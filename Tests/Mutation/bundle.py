"""Builds the package with all mutants inside, and runs its tests with one of them active."""

import math
import os
import re
import resource
import signal
import subprocess
import threading
from dataclasses import dataclass, field

import sources

FLAGS = ["-c", "release", "-Xswiftc", "-enable-testing"]
# An endless loop may ask for memory without end.
MEMORY = 4 << 30
ISSUE = re.compile(r"recorded an issue|^✘|^◇? ?Issue", re.MULTILINE)


@dataclass
class Suite:
    name: str
    seconds: float = 0
    reached: set = field(default_factory=set)


@dataclass
class Outcome:
    how: str  # "passed", "assertion", "crash" or "timeout"
    seconds: float
    test: str = ""


class Bundle:
    def __init__(self, root, swift, scratch):
        self.root, self.swift, self.scratch = root, swift, scratch
        self.package = scratch / "package"
        self.program = scratch / "build/release/backstepPackageTests.xctest"

    def build(self, points, refused, say):
        """Builds; what does not compile is left out, and the build begun again."""
        sources.copy(self.root, self.package)
        while True:
            sources.instrument(self.root, self.package, points, refused)
            done = subprocess.run(
                [self.swift, "build", "--build-tests", *FLAGS, "--package-path", str(self.package),
                 "--scratch-path", str(self.scratch / "build")],
                capture_output=True, text=True)
            output = done.stdout + done.stderr
            (self.scratch / "build.log").write_text(output)
            found, strange = sources.refused(output, self.package, points)
            new = {name: why for name, why in found.items() if name not in refused}
            if not new:
                if done.returncode:
                    raise SystemExit("mutation: the build fails:\n" + "\n".join(strange or [output[-3000:]]))
                return
            say(f"{len(new)} places do not compile and are left out")
            for why in sorted(set(new.values())):
                say(f"  {why}")
            refused.update(new)

    def suites(self):
        done = self.start(["--list-tests"], {})
        output, _ = done.communicate()
        names = re.findall(r"^(\w+\.\w+)/", output, re.MULTILINE)
        loose = re.findall(r"^(\w+\.`?[^/\n]+\(\))$", output, re.MULTILINE)
        if loose:
            raise SystemExit(f"mutation: a test outside any suite: {loose[0]}")
        return [Suite(name) for name in dict.fromkeys(names)]

    def start(self, arguments, environment, processor=600):
        def limit():
            # Time of the processor, not of the clock: on a busy machine nothing is late.
            resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        return subprocess.Popen(
            [str(self.program), "--testing-library", "swift-testing", *arguments],
            cwd=self.package, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=os.environ | {"NO_COLOR": "1", "SWIFT_BACKTRACE": "enable=no"} | environment,
            preexec_fn=limit, start_new_session=True, errors="replace")

    def run(self, suites, environment, processor):
        """Runs suites until the first failure; `processor`: how many seconds of it they may take."""
        filters = [one for suite in suites for one in ("--filter", f"^{re.escape(suite.name)}/")]
        process = self.start(filters, environment, math.ceil(processor))
        late = threading.Event()

        def stop():
            late.set()
            end(process)

        # What waits for something that never comes takes no time of the processor.
        timer = threading.Timer(30 + 30 * processor, stop)
        timer.start()
        failed, passed = "", False
        try:
            for line in process.stdout:
                if ISSUE.search(line) and "known issue" not in line:
                    failed = line.strip()
                    break
                passed = passed or "Test run with" in line and "passed" in line
        finally:
            if failed:
                end(process)
            _, status, used = os.wait4(process.pid, 0)
            code = process.returncode = os.waitstatus_to_exitcode(status)
            timer.cancel()
            process.stdout.close()
        seconds = used.ru_utime + used.ru_stime
        if failed:
            return Outcome("assertion", seconds, failed)
        if late.is_set() or code in (-signal.SIGXCPU, -signal.SIGKILL):
            return Outcome("timeout", seconds)
        if code == 0 and passed:
            return Outcome("passed", seconds)
        return Outcome("crash", seconds, f"exit {code}")


def end(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
