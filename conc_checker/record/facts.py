"""What is true of a run as a whole, whatever happened in it."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from typing import Any


@dataclass(slots=True, kw_only=True)
class Facts:
    """Noted by the lab that began the run; rules, recognisers and reports only read it.

    `topic` and `about` name the catalogue of mistakes that explains a failure (see `conc_checker.topics`).
    """

    program: str = ""  # the module's name
    topic: str = ""
    about: str = ""
    mode: str = ""  # "call", "script", "import" or "answer"
    function: str = ""  # what was called
    given: int = 0  # with how many arguments
    real_time: bool = False  # the virtual clock was off
    deadline: float = 0.0  # seconds
    failing: bool = False  # some of the tasks raise on purpose
    sources: dict[str, str] = field(default_factory=dict)  # the text of each Python file, by name
    proofs: str = ""  # how waiting was proven: "system calls" or "known waits"
    why: str = ""  # how the run came to its last halt, see `conc_checker.engine.wire.Why`
    judged: int | None = None  # how many events there were when the verdict fell; what came later is our own doing
    ran_for: float = 0.0  # seconds of the program's clock that came from running, not from jumps
    count: int | None = None  # tasks that were asked for
    path: str = ""  # the file that the program is to write
    address: tuple[str, int] | None = None  # where a server was to listen
    case: dict[str, Any] | None = None  # the call of a pure function, as its topic writes it down

    def to_json(self) -> dict[str, Any]:
        """Return the facts as plain JSON types, leaving out what is as it is by default."""
        entries = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {name: value for name, value in entries.items() if value != _DEFAULTS[name]}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Facts:
        """Read what `to_json` wrote; an unknown entry raises TypeError."""
        facts = cls(**plain)
        if facts.address is not None:
            facts.address = (facts.address[0], facts.address[1])
        return facts


_DEFAULTS = {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(Facts)}
