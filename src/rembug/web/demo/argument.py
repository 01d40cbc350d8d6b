"""The argument of the simulated months: a dossier whose numbers come from the frozen reports, reviewed by an office."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from rembug.evidence.actions.dossier import Claim, Writing, publish, review
from rembug.evidence.queries.datasets import version
from rembug.evidence.queries.measured import Span, measured
from rembug.lib import clock, say
from rembug.places import queries as places
from rembug.web.demo.cast import Cast

TITLE = "Mengapa gang ini butuh pompa (simulasi)"


def argue(
    city: str, cast: Cast, dataset: str, areas: tuple[str, ...], days: int, ids: tuple[UUID, UUID]
) -> str:
    """Publish the dossier over the last days, let an office review it, and return its slug; "" where data are thin."""
    last = timezone.localtime(clock.now()).date() - timedelta(days=1)
    first = last - timedelta(days=days - 1)
    claims = _claims(city, dataset, areas, first, last)
    if not claims:
        return ""
    actor, body = cast.publisher
    made = publish(
        actor=actor,
        city=city,
        said=Writing(
            action_id=ids[0],
            body=body,
            title=TITLE,
            asked="Wali Kota dan dinas yang mengurus drainase: satu pompa untuk gang ini, tahun ini.",
            summary="Air masuk ke gang ini pada lebih banyak hari daripada yang bisa ditanggung warga. "
            "Angkanya dari laporan warga yang sudah dibekukan, dan bisa dihitung ulang oleh siapa saja.",
            text="Warga dua gang melihat air setiap hari selama beberapa minggu dan mencatat juga hari yang kering.\n\n"
            "Kampung di sebelahnya dilaporkan dengan cara yang sama, supaya sesudah pompa dipasang keduanya bisa "
            "dibandingkan pada pasang yang sama tingginya.",
            claims=claims,
        ),
    )
    office = cast.offices[0]
    review(
        actor=office.actor,
        city=city,
        slug=made.slug,
        number=made.number,
        action_id=ids[1],
        body=office.body,
        verdict="agrees",
        words="Angka kami hitung ulang dari berkas yang sama, hasilnya sama.",
    )
    return made.slug


def _claims(city: str, dataset: str, areas: tuple[str, ...], first: date, last: date) -> tuple[Claim, ...]:
    """Return what can be said of the first area and of one beside it; an author reads the numbers off the data."""
    _, frozen = version(city, dataset)
    claims = []
    for area in areas[:2]:
        found = measured(city, frozen, "flood_days", Span((area,), first, last))
        if found.value is not None:
            share = f"{round(found.value * 100)}%"
            sentence = f"Di {places.label(city, area)} ada air pada [[{share}]] hari."
            claims.append(Claim(sentence, "flood_days", dataset, (area,), first, last))
    deep = measured(city, frozen, "deepest", Span((areas[0],), first, last))
    if deep.value is not None:
        number = say.number(deep.value, 1)
        sentence = f"Air terdalam di sana rata-rata [[{number}]] cm tiap hari yang diamati."
        claims.append(Claim(sentence, "deepest", dataset, (areas[0],), first, last))
    return tuple(claims)
