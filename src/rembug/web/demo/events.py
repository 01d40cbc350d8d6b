"""What happens in the simulated week, before it happens: plain values, no database."""

from dataclasses import dataclass, field
from datetime import datetime

from rembug.web.demo.spots import Spot


@dataclass(frozen=True, slots=True)
class Say:
    """Somebody reports. `who` numbers a phone; `depth_cm` is what they say, `truth_cm` what stands there."""

    at: datetime
    key: int
    who: int
    spot: Spot
    category: str
    is_true: bool
    claim: str = "present"
    depth_cm: float = 0.0
    truth_cm: float = 0.0
    lon: float = 0.0
    lat: float = 0.0
    setting: str = ""
    text: str = ""
    landmark: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    photo: bool = False
    number: str = ""  # of the message that an operator enters
    lie: str = ""  # joke, lie, careless


@dataclass(frozen=True, slots=True)
class Later:
    """What somebody does afterwards: still, gone, correct, withdraw, confirm, deny, decide, look, read or answer."""

    at: datetime
    of: int
    deed: str
    who: int = -1
    words: str = ""


Event = Say | Later
