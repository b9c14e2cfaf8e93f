"""The program as people meet it: on a terminal, behind pipes, as a whole process."""
import os
import pty
import select
import statistics
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def environment(home):
    return {"HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def summary(times):
    """Median, least and most, in milliseconds."""
    times = [t * 1000 for t in times]
    return statistics.median(times), min(times), max(times)


def until(argv, wanted, home):
    """Seconds from starting argv on a new terminal until it has written `wanted` (or ended)."""
    start = time.perf_counter()
    child, master = pty.fork()
    if child == 0:
        os.execve(argv[0], argv, environment(home))
    seen = b""
    try:
        while wanted is None or wanted not in seen:
            data = os.read(master, 4096)
            if not data:
                break
            seen += data
    except OSError:
        pass
    elapsed = time.perf_counter() - start
    if wanted is not None:
        os.write(master, b"\x04")
    os.close(master)
    os.waitpid(child, 0)
    return elapsed


def whole(argv, home, rounds=9, processors=None):
    """A whole process, its first run left out; on so many processors, if that is said."""
    def few():
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(argv, env=environment(home), cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL, preexec_fn=few if processors else None)
        times.append(time.perf_counter() - start)
    return summary(times[1:])


class Session:
    """The program behind pipes, one question and answer at a time."""

    def __init__(self, program, home):
        self.process = subprocess.Popen(
            [program, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(home))

    def ask(self, line):
        """Seconds until the answer, which an empty sum marks the end of, has been read."""
        start = time.perf_counter()
        self.process.stdin.write(line.encode() + b"\n123456789 + 1\n")
        self.process.stdin.flush()
        seen = b""
        while not seen.endswith(b"123456790\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], 60)
            if not ready:
                raise SystemExit("no answer to " + line[:60])
            data = os.read(self.process.stdout.fileno(), 65536)
            if not data:
                raise SystemExit("the program ended at " + line[:60])
            seen += data
        return time.perf_counter() - start

    def close(self):
        self.process.stdin.close()
        self.process.wait()
