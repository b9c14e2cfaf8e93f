"""What the figures were made with: the machine, the compilers, the peers."""
import os
import platform
import re
import shutil
import subprocess

import peers


def said(*command):
    """The first line of what a tool says of itself, or None."""
    if not shutil.which(command[0]):
        return None
    result = subprocess.run(command, capture_output=True, text=True)
    text = (result.stdout or result.stderr).strip()
    return text.splitlines()[0] if result.returncode == 0 and text else None


def processor():
    """Its name and the vector instructions that matter here."""
    name, widest = platform.machine(), ""
    try:
        with open("/proc/cpuinfo") as file:
            text = file.read()
    except OSError:
        return name
    model = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    family = re.search(r"^cpu family\s*: (.*)$", text, re.MULTILINE)
    for flag, title in (("avx2", "AVX2"), ("avx512f", "AVX-512")):
        if re.search(r"\b%s\b" % flag, text):
            widest = ", " + title
    return "%s%s, family %s, %d processors%s" % (
        name, " " + model[1] if model else "", family[1] if family else "?", os.cpu_count(), widest)


def debian_version(package):
    return said("dpkg-query", "-W", "-f", "${Version}\n", package)


def python_version(packages):
    name = re.split(r"[\[=]", packages[0])[0]
    program = "import importlib.metadata as m; print(m.version(%r))" % name
    return said(peers.PYTHON, "-c", program)


def table(run, program):
    """Names and versions; a tool that is not there has no row."""
    rows = [
        ("processor", processor()),
        ("system", "%s %s" % (platform.system(), platform.release().split("-")[0])),
        ("C library", said("getconf", "GNU_LIBC_VERSION")),
        ("backstep", said(program, "--version")),
        ("Swift", said("swiftc", "--version")),
        ("gcc", said("gcc", "--version")),
        ("Python of the peers", said(peers.PYTHON, "--version") if run else None),
        ("valgrind", said("valgrind", "--version")),
    ]
    modules = set()
    for peer in run.present if run else []:
        if peer.kind == "py" and peer.python[0] not in modules:
            modules.add(peer.python[0])
            rows.append((peer.name, python_version(peer.python[1:])))
        elif peer.kind in ("cpp", "lua"):
            library = next(name for name in peer.debian if name != "g++")
            rows.append((peer.name, debian_version(library)))
    return [(name, version) for name, version in rows if version]
