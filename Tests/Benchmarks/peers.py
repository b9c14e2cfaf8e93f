"""The programs that are measured: ours and the peers; how they are built and what they need.

Usage: peers.py  prints the Debian packages that the peers need.

A program gets the folder of the data, then, if it `chooses`, a workload, and prints lines like

  C                          W1 value and gradients         med ... min ... ns/call  check 2548

that is who, what, the median and the least time of a unit, and a number that all who did the same
must agree on. To have its instructions `counted` it does three things when BENCH_COUNT is set: it
measures each part once, it calls a function `bench_mark` (or `benchMark` in Swift) that is not
inlined before and after each part, and it ends its lines, which are in the order of the parts,
with ` units N`.
"""
import dataclasses
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, ".build", "bench")
DATA = os.path.join(BUILD, "data")
VENV = os.path.abspath(os.environ.get("BENCH_VENV", os.path.join(BUILD, "venv")))
PYTHON = os.path.join(VENV, "bin", "python")

# One processor for each, as for ours, as far as a peer listens to these.
ALONE = {name + "_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "VECLIB", "NUMEXPR")}
TRILINOS = ["-I/usr/include/trilinos", "-ltrilinos_sacado", "-ltrilinos_teuchoscore",
            "-ltrilinos_kokkoscore"]


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    source: str                # below Peers; for ours the name of the executable
    workloads: tuple = ()      # one process for each; none: one process for all that it has
    once: tuple = ()           # workloads so slow that the first round is enough
    debian: tuple = ()         # packages to install
    python: tuple = ()         # the module, and what to install, the first that works
    flags: tuple = ()
    extra: tuple = ()          # environment, as pairs
    chooses: bool = True       # takes workloads as arguments
    counted: bool = False      # its instructions are counted as well
    limit: int = 120           # seconds

    @property
    def kind(self):
        return self.source.split("/")[0] if "/" in self.source else "ours"


def c(name, source, workload, counted=True):
    return Program(name, "c/%s.c" % source, (workload,), debian=("gcc",), flags=("-lm",),
                   chooses=False, counted=counted)


def python(name, source, workloads, *install, **more):
    return Program(name, "py/%s_peer.py" % source, workloads, python=(source,) + install, **more)


ALL = ("W1", "W2", "W2b", "W3", "W4", "W5")
ARRAYS = ("W1", "W3", "W4", "W5")
OURS = [Program("backstep, engine", "EngineBenchmark", limit=240),
        Program("backstep, front", "FrontBenchmark")]
PEERS = [
    c("C, the circuit", "circuit", "W1"),
    c("C, a tape with a switch", "tape", "W2"),
    c("C, network with plain loops", "moons_plain", "W3"),
    # Not counted: without AVX-512 gcc makes something else of its vectors of eight.
    c("C, network with 8 examples at a time", "moons_lanes", "W3", counted=False),
    c("C, XOR", "xor", "W4"),
    c("C, convolution", "convolution", "W5"),
    Program("Swift `_Differentiation`", "swift/differentiation.swift", ("W1", "W3", "W4"),
            counted=True),
    Program("ADOL-C", "cpp/adolc.cpp", ALL, debian=("g++", "libadolc-dev"), flags=("-ladolc",),
            counted=True),
    Program("Sacado", "cpp/sacado.cpp", ALL, debian=(
        "g++", "libtrilinos-sacado-dev", "libtrilinos-kokkos-dev", "libtrilinos-teuchos-dev"),
        flags=tuple(TRILINOS), counted=True),
    python("NumPy", "numpy", ARRAYS, "numpy"),
    python("CasADi", "casadi", ("W1", "W2", "W3", "W4", "W5"), "casadi", once=("W2",)),
    python("JAX", "jax", ARRAYS, "jax[cpu]"),
    python("PyTorch", "torch", ARRAYS, "torch==2.13.0+cpu", "torch"),
    python("autograd", "autograd", ARRAYS, "autograd"),
    python("XAD", "xad", ("W1", "W2"), "xad", once=("W2",)),
    python("micrograd", "micrograd", ARRAYS, "micrograd", once=("W3", "W4", "W5")),
    python("micrograd without garbage collection", "micrograd", ("W1", "W2", "W3", "W5"),
           "micrograd", once=("W2", "W3", "W5"), extra=(("MICROGRAD_GC", "off"),)),
    Program("LuaJIT", "lua/load.lua", ("W6",), debian=("luajit",), chooses=False),
]
# The fastest tapes are not to be had from Debian or PyPI.
ELSEWHERE = ["Adept", "CoDiPack", "CppAD", "XAD for C++", "the Rust crate `reverse`"]


def binary(program, counting=False):
    name = os.path.splitext(program.source)[0].replace("/", "-")
    return os.path.join(BUILD, "programs", name + ("-counted" if counting else ""))


def command(program, products, workload=None, counting=False):
    """What to run; `products` is the folder of our executables."""
    start = {"ours": [os.path.join(products, program.source)],
             "py": [PYTHON, os.path.join(HERE, "Peers", program.source)],
             "lua": ["luajit", os.path.join(HERE, "Peers", program.source)],
             }.get(program.kind, [binary(program, counting)])
    return start + [DATA] + ([workload] if workload and program.chooses else [])


def ready(program, products):
    """Builds or installs what the program needs. None if it can run, else what is missing."""
    if program.kind == "ours":
        there = os.path.exists(os.path.join(products, program.source))
        return None if there else "the executable `%s` is not built" % program.source
    if program.kind == "py":
        return installed(program)
    if program.kind == "lua":
        return None if shutil.which("luajit") else wanted(program)
    return compiled(program)


def wanted(program):
    return "install the Debian package%s %s" % (
        "s" * (len(program.debian) > 1), ", ".join("`%s`" % name for name in program.debian))


def compiled(program):
    source = os.path.join(HERE, "Peers", program.source)
    os.makedirs(os.path.join(BUILD, "programs"), exist_ok=True)
    compiler = {"c": "gcc", "cpp": "g++", "swift": "swiftc"}[program.kind]
    if not shutil.which(compiler):
        return "there is no `%s`" % compiler
    # The tool that counts instructions does not know AVX-512.
    for counting, machine in ((False, "-march=native"), (True, "-march=x86-64-v3")):
        options = ["-O", "-wmo", "-parse-as-library"] if compiler == "swiftc" else (
            ["-O3", "-w", machine])
        result = subprocess.run(
            [compiler, *options, source, "-o", binary(program, counting), *program.flags],
            capture_output=True, text=True)
        if result.returncode != 0 and not counting:
            why = "it does not build: " + first_error(result.stderr)
            return why + ("; " + wanted(program) if program.debian else "")
    return None


def countable(program):
    return program.kind == "ours" or os.path.exists(binary(program, counting=True))


def first_error(text):
    """One line that says why, without the folders of this machine."""
    errors = [line for line in text.splitlines() if "error" in line.lower()] or text.splitlines()
    line = errors[0] if errors else "it ends without a word"
    return line.replace(HERE + os.sep, "").replace(VENV + os.sep, "")


def installed(program):
    """Each peer on its own, so that one that is not to be had does not cost the others."""
    if not os.path.exists(PYTHON):
        subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True)
    if not os.path.exists(PYTHON):
        return "Python makes no virtual environment: install the Debian package `python3-venv`"
    module, *packages = program.python
    if imports(module):
        return None
    why = ""
    for package in packages:
        print("installing %s ..." % package, flush=True)
        try:
            result = subprocess.run(
                [PYTHON, "-m", "pip", "install", "--quiet", "--retries", "1", package],
                capture_output=True, text=True, timeout=300)
            why = first_error(result.stderr)
        except subprocess.TimeoutExpired:
            why = "installing it takes longer than 5 minutes"
        if imports(module):
            return None
    return "PyPI's `%s`: %s" % (packages[-1], why)


def imports(module):
    return subprocess.run([PYTHON, "-c", "import " + module], capture_output=True).returncode == 0


def debian_packages():
    names = [name for program in PEERS for name in program.debian] + ["python3-venv", "valgrind"]
    return list(dict.fromkeys(names))


if __name__ == "__main__":
    print(" ".join(debian_packages()))
