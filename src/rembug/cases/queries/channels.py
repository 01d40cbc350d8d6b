"""What goes back to the operators of other channels."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext

from rembug.cases.models import ForeignNumber, Step
from rembug.cases.queries.setup import facts_of
from rembug.cases.rules.states import NAMES
from rembug.lib.errors import NotFound
from rembug.lib.pack import ChannelRow
from rembug.places import queries as places

BATCH = 500


def channel_of(city: str, code: str) -> ChannelRow:
    """Return a channel of the city's pack. Raises `NotFound` with those that there are."""
    known = {one.code: one for one in facts_of(city).channels}
    if code not in known:
        words = gettext("Saluran %(code)s tidak ada di cases.toml. Ada: %(known)s.")
        raise NotFound(words % {"code": repr(code), "known": ", ".join(known) or "-"})
    return known[code]


def answers(city: str, channel: ChannelRow) -> Iterator[dict[str, str]]:
    """Yield one line for each complaint that was brought, under the headings of the channel."""
    last = 0
    rows = (
        ForeignNumber.objects.filter(city=city, channel=channel.code)
        .select_related("case__body")
        .order_by("id")
    )
    while page := list(rows.filter(id__gt=last)[:BATCH]):
        said = _said([row.case_id for row in page])
        for row in page:
            fields = _fields(row, said.get(row.case_id, ""))
            yield {heading: fields[name] for heading, name in channel.export}
        last = page[-1].pk


def _said(cases: list[int]) -> dict[int, str]:
    """Return the last public words of each case."""
    rows = Step.objects.filter(case_id__in=cases).exclude(public="").order_by("id")
    return dict(rows.values_list("case_id", "public"))


def _fields(row: ForeignNumber, said: str) -> dict[str, str]:
    case = row.case
    times = ("opened_at", "answered_at", "due_at", "settled_at")
    return {
        "number": row.number,
        "code": case.code,
        "category": case.category,
        "area": places.label(case.city, case.area_code) if case.area_code else "",
        "body": case.body.name if case.body else "",
        "state": NAMES[case.state][0],
        "answer": said,
        "page": f"{settings.PUBLIC_URL}/kasus/{case.code}/",
        **{name: (at.isoformat(timespec="seconds") if (at := getattr(case, name)) else "") for name in times},
    }
