"""The sanitizers: one record each."""
import dataclasses
import os

FOLDER = os.path.dirname(os.path.realpath(__file__))


@dataclasses.dataclass
class Sanitizer:
    name: str      # what `swift build --sanitize=` calls it, and the scratch path
    finds: str     # in words
    options: dict  # by environment variable


SANITIZERS = [
    Sanitizer(
        "address", "memory used after it was freed or beyond its ends, and leaks",
        {"ASAN_OPTIONS": "detect_leaks=1:detect_stack_use_after_return=0:allocator_may_return_null=1",
         "LSAN_OPTIONS": "print_suppressions=0:suppressions=" + os.path.join(FOLDER, "leaks.supp")}),
    Sanitizer(
        "thread", "memory that threads share without order between them",
        {"TSAN_OPTIONS": "halt_on_error=0"}),
]


def environment(sanitizer, log):
    """Every process of a run writes its reports into files beginning with `log`, so that none is lost
    in the output of a program that is expected to fail."""
    variables = dict(sanitizer.options)
    first = next(iter(variables))
    variables[first] += ":log_path=" + log
    return {**os.environ, **variables, "EVIDENCE": "off"}
