"""What must hold: the floors whose lines are counted, and how many of them tests have to reach."""
import dataclasses

# The floors below the terminal, from the ground up. The sweeps over lanes are one folder compiled
# for three kinds of processors, and the other two are links to it: its lines are counted once.
FLOORS = ["Kernels", "KernelsBaseline", "Language", "Engine", "Drawing", "Typesetting", "Lessons",
          "Exercises", "Export", "Console"]


@dataclasses.dataclass
class Bounds:
    """Percent of lines, at least."""
    total: float
    floor: float


BOUNDS = Bounds(total=95, floor=90)
