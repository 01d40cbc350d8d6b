"""Rows as pages show them: categories, areas, cards, and what counts as public or as now."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from rembug.lib.masking import Sensitivity, public_time
from rembug.lib.pii import mask
from rembug.places import queries as places
from rembug.reports.models import Incident, Report
from rembug.reports.queries.categories import categories
from rembug.reports.queries.public_types import AreaFace, CategoryFace, IncidentCard, ReportCard


class Faces:
    """The names of one city's categories and areas, read once for a page."""

    def __init__(self, city: str) -> None:
        self.city = city
        self.categories: Mapping[str, CategoryFace] = {
            row.code: CategoryFace(row.code, row.names, row.icon, row.is_flood)
            for row in categories(city).values()
        }
        known = places.areas(city)
        names = {area.code: area.name for area in known}
        self.areas: Mapping[str, AreaFace] = {
            area.code: AreaFace(area.code, area.slug, area.name, names.get(area.parent_code, ""))
            for area in known
        }
        self.kelurahan = sorted(
            (self.areas[area.code] for area in known if area.level == "kelurahan"), key=lambda area: area.name
        )

    def category(self, code: str) -> CategoryFace:
        """Return the category; one that the pack no longer has keeps its code as name."""
        return self.categories.get(code) or CategoryFace(code, {})

    def incident(self, row: Incident) -> IncidentCard:
        """Return an incident of `incidents` as a card."""
        return IncidentCard(
            code=row.code,
            category=self.category(row.category),
            area=self.areas.get(row.area_code),
            started_at=masked_time(row.started_at),
            last_at=masked_time(row.last_at),
            ended_at=masked_time(row.ended_at) if row.ended_at else None,
            depth_class=row.depth_class,
            depth_low_cm=row.depth_low_cm,
            depth_high_cm=row.depth_high_cm,
            report_count=row.report_count,
            witness_count=row.witness_count,
            dry_count=row.dry_count,
            probability=row.probability,
            rung=row.rung,
            lon=row.public_lon,
            lat=row.public_lat,
            reply_count=getattr(row, "reply_count", 0),
        )

    def report(self, row: Report) -> ReportCard:
        """Return a public report as a card."""
        exact = self._exact(row.category, row.setting)
        return ReportCard(
            code=row.code,
            category=self.category(row.category),
            area=self.areas.get(row.area_code),
            observed_at=masked_time(row.observed_at, exact=exact),
            received_at=masked_time(row.received_at, exact=exact),
            claim=row.claim,
            depth_class=row.depth_class,
            words=row.text_public,
            landmark=mask(row.landmark) if exact and row.landmark else "",  # else it narrows the place
            probability=row.probability,
            rung=row.rung,
            lon=row.public_lon,
            lat=row.public_lat,
            signed_name=row.signed_name,
        )

    def _exact(self, category: str, setting: str) -> bool:
        """Tell whether the place is shown as it is: a street yes, a home never (docs/algorithms/masking.md)."""
        if setting:
            return setting == "street"
        kind = categories(self.city).get(category)
        return kind is not None and kind.sensitivity == Sensitivity.EXACT


def masked_time(at: datetime, *, exact: bool = False) -> datetime:
    """Return the moment that may be shown: the start of its 5 minutes (street) or 10 minutes (everything else)."""
    shown = public_time(at, Sensitivity.EXACT if exact else Sensitivity.HOME)
    return shown or at


def incidents(city: str) -> QuerySet[Incident]:
    """Return the city's public incidents with the number of replies that stand."""
    standing = Count("replies", filter=Q(replies__withdrawn_at=None))
    return Incident.objects.filter(city=city, is_public=True).annotate(reply_count=standing)


def live(city: str, now: datetime) -> Q:
    """Return the condition of what is happening at `now`: not ended, not refuted, and seen lately enough."""
    seen = Q(pk__in=[])
    for code, row in categories(city).items():
        seen |= Q(category=code, last_at__gte=now - timedelta(seconds=row.live_s))
    return seen & Q(ended_at=None) & ~Q(rung="refuted")


def public_reports(city: str) -> QuerySet[Report]:
    """Return the reports that everybody may read: public by wish, active, and judged at least once."""
    return Report.objects.filter(
        city=city, visibility="public", state=Report.State.ACTIVE, public_lon__isnull=False
    )


def counted_reports(city: str) -> QuerySet[Report]:
    """Return the reports that statistics count: the public ones, and those whose sender was forgotten since.

    Of the latter only category, area, depth and hour are left, and they are listed nowhere.
    """
    counted = [Report.State.ACTIVE, Report.State.ERASED]
    return Report.objects.filter(city=city, visibility="public", state__in=counted, public_lon__isnull=False)


def newest(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    """Order incidents newest first, with a second key that never ties."""
    return rows.order_by(F("last_at").desc(), "-pk")
