"""A report on its way through the questions: plain values that travel in one signed hidden field."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any
from uuid import UUID

from rembug.reports.rules.flow import Step, steps_for
from rembug.reports.rules.submission import Submission


@dataclass(slots=True, kw_only=True)
class Draft:
    """What has been answered so far. `begun_at` is the server's time in seconds when it was first shown."""

    client_id: str
    category: str = ""
    depth_class: str = ""
    since: str = ""
    setting: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    located_by: str = ""
    area_code: str = ""
    landmark: str = ""
    text: str = ""
    visibility: str = "public"
    signed_name: str = ""
    joins_incident: str = ""
    warned: bool = False  # 112 was shown for the words as they stand

    def steps(self, *, is_flood: bool) -> tuple[Step, ...]:
        """Return the questions of this report."""
        return steps_for(is_flood=is_flood, is_dry=self.depth_class == "dry")

    def first_open(self, *, is_flood: bool) -> Step:
        """Return the first question that still needs an answer before this can be sent."""
        if not self.category:
            return "what"
        if is_flood and not self.depth_class:
            return "depth"
        if self.lon is None or self.lat is None:
            return "place"
        return "review"

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)

    def submission(self, *, city: str, language: str, is_flood: bool) -> Submission:
        """Return the report as it goes to intake. Raises `ValueError` while the place is missing."""
        if self.lon is None or self.lat is None:
            raise ValueError("no place yet")
        dry = is_flood and self.depth_class == "dry"
        return Submission(
            client_id=UUID(self.client_id),
            city=city,
            category=self.category,
            claim="absent" if dry else "present",
            depth_class=self.depth_class if is_flood else "",
            setting=self.setting if is_flood and not dry else "",
            since=self.since if is_flood and not dry else "",
            lon=self.lon,
            lat=self.lat,
            accuracy_m=self.accuracy_m,
            located_by=self.located_by,
            area_code=self.area_code,
            landmark=self.landmark,
            text=self.text,
            answers={} if is_flood else self.answers,
            language=language,
            visibility=self.visibility,
            signed_name=self.signed_name,
            joins_incident=self.joins_incident,
            channel="web",
        )


def from_json(data: Mapping[str, Any]) -> Draft:
    """Return a draft again; what an older or newer version wrote and this one does not know is dropped."""
    known = {item.name for item in fields(Draft)}
    return Draft(**{key: value for key, value in data.items() if key in known})
