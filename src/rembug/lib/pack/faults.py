"""What is wrong with a pack: file, line, problem and remedy, all of it at once."""

from dataclasses import dataclass, field

from rembug.lib.errors import FieldFault, Invalid


@dataclass(frozen=True, slots=True, order=True)
class PackFault:
    """One fault. `line` is 0 where a file has no lines to point at (a missing file)."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.problem} → {self.remedy}"


class BadPack(Invalid):
    """A pack that cannot be loaded; `pack_faults` lists everything that is wrong with it."""

    code = "bad-pack"

    def __init__(self, faults: list[PackFault]) -> None:
        self.pack_faults = tuple(sorted(set(faults)))
        listed = "\n".join(str(fault) for fault in self.pack_faults)
        super().__init__(
            f"The city pack has {len(self.pack_faults)} fault(s); nothing was changed.\n{listed}",
            faults=tuple(
                FieldFault(f"{fault.file}:{fault.line}", self.code, f"{fault.problem} → {fault.remedy}")
                for fault in self.pack_faults
            ),
        )


@dataclass(slots=True)
class Faults:
    """Collects the faults of one file."""

    file: str
    found: list[PackFault] = field(default_factory=list)

    def add(self, line: int, problem: str, remedy: str) -> None:
        """Note one fault and go on."""
        self.found.append(PackFault(self.file, line, problem, remedy))
