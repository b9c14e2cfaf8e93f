"""Sits at a shell, types a line and presses Tab twice; looks whether the shell offers a word.

usage: press_tab.py WORD LINE SHELL [ARGUMENT...]

The shell has to say READY when it is. Status 0: the word was offered; 1: it was not.
"""

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

word, line, command = sys.argv[1], sys.argv[2], sys.argv[3:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
# Wide enough that nothing is cut short.
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))


def wait(pattern, seconds, quiet):
    """Reads until the pattern is there, or for so long, or until nothing has come for a while."""
    text, end, last = b"", time.monotonic() + seconds, time.monotonic()
    while time.monotonic() < end and (not text or time.monotonic() - last < quiet):
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                text += os.read(terminal, 65536)
            except OSError:
                break
            last = time.monotonic()
        plain = re.sub(rb"\x1b(\[[0-9;?]*[A-Za-z]|\(B|\][^\x07]*\x07)|[\x08\x00]", b"", text)
        if re.search(pattern, plain):
            return True, plain
    return False, text


found, seen = wait(rb"READY", 60, 60)
if found:
    os.write(terminal, line.encode() + b"\t\t")
    found, seen = wait(rb"(^|\s)" + re.escape(word.encode()) + rb"(\s|$)", 30, 4)
if not found:
    print(repr(seen))
os.close(terminal)
os.kill(child, 9)
os.waitpid(child, 0)
sys.exit(0 if found else 1)
