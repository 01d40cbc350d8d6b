"""Taking reports in: a list at a time, one transaction, each answered after the commit."""

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import h3
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from rembug.audit.actions import Act, Ref, record_many
from rembug.audit.models import Entry
from rembug.lib import clock, ids, proof
from rembug.lib.actor import ANONYMOUS, Actor, system
from rembug.lib.bulk import insert_objects
from rembug.lib.errors import Invalid, KeyReused, RembugError, TooMany
from rembug.lib.group_commit import GroupCommit
from rembug.people.models import Body
from rembug.reports.actions.refuse import count_refusals
from rembug.reports.models import Incident, Report, SpentProof
from rembug.reports.queries.categories import category
from rembug.reports.queries.city import city_limits, zone
from rembug.reports.rules import limits, receipts
from rembug.reports.rules.depth import BY_CODE
from rembug.reports.rules.submission import Receipt, Submission
from rembug.reports.rules.times import observed_span

FINE, SPOT, COARSE = 9, 10, 7  # H3 resolutions: stored cell, a spot of the crowd gauge, its cell
_gauge = limits.CrowdGauge(time.monotonic)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A report with the one who hands it in."""

    submission: Submission
    actor: Actor


def receive_one(submission: Submission, *, actor: Actor) -> Receipt:
    """Take in one report together with whatever else waits in this process; return after the commit.

    Raises
    ------
    Invalid, KeyReused, TooMany
        Nothing was stored; the message says what to do.
    """
    item = Incoming(submission, actor)
    if settings.GROUP_COMMIT:
        return _writer.submit(item)
    answer = receive([item], actor=actor)[0]
    if isinstance(answer, Exception):
        raise answer
    return answer


def receive(batch: Sequence[Incoming], *, actor: Actor) -> list[Receipt | RembugError]:
    """Store a list of reports in one transaction and answer each: a receipt, or why it was not taken.

    The same client id with the same content is the same report and gets the same answer; with other content it is
    refused (`KeyReused`). `actor` is who runs the list (a system actor for the group writer); each report has its own.
    """
    now = clock.now()
    answers: dict[int, Receipt | RembugError] = {}
    with transaction.atomic():
        fresh = _Fresh(batch, now, answers)
        rows = [row for row in fresh.rows() if row is not None]
        entries = record_many(_acts(rows))
        for row, entry in zip(rows, entries, strict=True):
            row.report.entry_hash = entry.leaf_hash
        insert_objects([row.report for row in rows])
        SpentProof.objects.bulk_create([row.spent for row in rows if row.spent is not None])
        for row, entry in zip(rows, entries, strict=True):
            answers[row.position] = _receipt(row.report, entry, created=True)
        repeats = [(position, batch[position].submission) for position in fresh.repeats]
        answers.update(_repeat_answers(repeats))
        count_refusals(batch_faults(batch, answers), now=now, actor=actor)
    return [answers[position] for position in range(len(batch))]


def batch_faults(
    batch: Sequence[Incoming], answers: dict[int, Receipt | RembugError]
) -> Iterator[tuple[str, str, str]]:
    """Yield (city, channel, code of the reason) of each report that was not taken."""
    for position, answer in answers.items():
        if isinstance(answer, RembugError):
            said = batch[position].submission
            yield said.city, said.channel, answer.code


@dataclass(slots=True)
class _Row:
    position: int
    report: Report
    spent: SpentProof | None


class _Fresh:
    """Sorts one list into new rows, repeats and faults, with few database reads for all of them together."""

    def __init__(
        self, batch: Sequence[Incoming], now: datetime, answers: dict[int, Receipt | RembugError]
    ) -> None:
        self.batch, self.now, self.answers = batch, now, answers
        self.repeats: list[int] = []
        self._known = set(
            Report.objects.filter(client_id__in=[i.submission.client_id for i in batch]).values_list(
                "client_id", flat=True
            )
        )
        self._refs = _known_refs(batch)
        self._sources = [source_of(item.actor, item.submission) for item in batch]
        self._used = _used(self._sources, now)
        self._seen = _seen_before(self._sources)
        self._proofs = {i: _proof(item.submission) for i, item in enumerate(batch)}
        self._spent = _already_spent(self._proofs.values())

    def rows(self) -> Iterator[_Row | None]:
        for position, item in enumerate(self.batch):
            try:
                yield self._row(position, item)
            except RembugError as fault:
                self.answers[position] = fault
                yield None

    def _row(self, position: int, item: Incoming) -> _Row | None:
        said = item.submission
        if said.client_id in self._known:
            self.repeats.append(position)
            return None
        faults = said.validate(now=self.now)
        if faults:
            raise Invalid("Laporan belum bisa diterima. Periksa isian yang ditandai.", faults=faults)
        category(said.city, said.category)
        self._refuse_known_ref(said)
        spent = self._pass_limits(position, item)
        report = _build(item, self._sources[position], self.now)
        self._known.add(said.client_id)
        self._refs.add((said.city, said.channel, said.foreign_ref))
        return _Row(position, report, spent)

    def _refuse_known_ref(self, said: Submission) -> None:
        if said.foreign_ref and (said.city, said.channel, said.foreign_ref) in self._refs:
            raise KeyReused(f"Nomor {said.foreign_ref} sudah pernah dimasukkan.")

    def _pass_limits(self, position: int, item: Incoming) -> SpentProof | None:
        said, source = item.submission, self._sources[position]
        if not _is_limited(item):
            return None
        fair = city_limits(said.city)
        proven = self._proofs[position]
        if proven is not None and proven.fingerprint in self._spent:
            proven = None
        used, proofs = self._used.get(source, (0, 0))
        if used >= limits.device_budget(fair, proofs + (proven is not None)):
            raise TooMany(
                "Laporan dari HP ini sangat banyak. Tunggu sebentar, lalu kirim lagi.", retry_after_s=60
            )
        if source not in self._seen and not _crowd_allows(said, fair, proven=proven is not None):
            raise TooMany(
                "Laporan dari sekitar sini sangat banyak. Tunggu sebentar, lalu kirim lagi.", retry_after_s=30
            )
        self._used[source] = (used + 1, proofs + (proven is not None))
        if proven is None:
            return None
        self._spent.add(proven.fingerprint)
        return SpentProof(
            fingerprint=proven.fingerprint, source=source, spent_at=self.now, expires_at=proven.expires_at
        )


def source_of(actor: Actor, said: Submission) -> str:
    """Return the keyed name of whoever speaks: one person one voice, whatever the number of messages.

    Without account and without device token each report is a voice of its own, and weighs little. What an operator
    enters is the voice of whoever wrote the message, never the operator's.
    """
    if said.channel in {"operator", "import", "open311"}:
        return ids.keyed(
            settings.SECRET_KEY, "source", f"{said.channel}:{said.foreign_ref or said.client_id}"
        )
    if actor.person_id is not None:
        return ids.keyed(settings.SECRET_KEY, "source", f"person:{actor.person_id}")
    if actor.device_hash:
        return ids.keyed(settings.SECRET_KEY, "source", f"device:{actor.device_hash}")
    return ids.keyed(settings.SECRET_KEY, "source", f"report:{said.client_id}")


def forget_crowd() -> None:
    """Forget what the gauge of crowds counted in this process, as a restart does."""
    _gauge.forget()


def _is_limited(item: Incoming) -> bool:
    return item.submission.channel in {"web", "api"} and item.actor.kind in {"device", "anonymous"}


def _crowd_allows(said: Submission, fair: limits.Limits, *, proven: bool) -> bool:
    cell = h3.latlng_to_cell(said.lat, said.lon, COARSE)
    spot = h3.latlng_to_cell(said.lat, said.lon, SPOT)
    return _gauge.allows(cell, spot, fair, proven=proven)


def _build(item: Incoming, source: str, now: datetime) -> Report:
    said, actor = item.submission, item.actor
    started, at = observed_span(said.since, said.seen_at(now), now, zone(said.city))
    depth = BY_CODE.get(said.depth_class)
    code = ids.public_code()
    token = receipts.token(settings.SECRET_KEY, said.client_id)
    incident = Incident.objects.filter(code=said.joins_incident).first() if said.joins_incident else None
    return Report(
        code=code,
        city=said.city,
        client_id=said.client_id,
        payload_hash=said.payload_hash(),
        receipt_hash=receipts.fingerprint(token),
        channel=said.channel,
        foreign_ref=said.foreign_ref,
        received_at=now,
        salt=secrets.token_bytes(16),
        category=said.category,
        claim=said.claim,
        depth_class=said.depth_class,
        depth_low_cm=depth.low_cm if depth else None,
        depth_high_cm=depth.high_cm if depth else None,
        setting=said.setting,
        since=said.since,
        observed_from=started,
        observed_at=at,
        lon=said.lon,
        lat=said.lat,
        accuracy_m=said.accuracy_m,
        located_by=said.located_by,
        landmark=said.landmark,
        text=said.text,
        answers=said.answers,
        language=said.language,
        visibility=said.visibility,
        signed_name=said.signed_name,
        joins=incident,
        source=source,
        person_id=actor.person_id,
        body=_body_of(actor, said.city),
        area_code=said.area_code,
        cell=h3.latlng_to_cell(said.lat, said.lon, FINE),
        changed_at=now,
        stirred_at=now,
    )


def _body_of(actor: Actor, city: str) -> Body | None:
    bodies = {grant.body for grant in actor.grants if grant.city == city and grant.body}
    return Body.objects.filter(public_id=bodies.pop()).first() if len(bodies) == 1 else None


def _acts(rows: Sequence[_Row]) -> Iterator[Act]:
    """Say in the log that a report came in: its category and area, and a salted commitment to all the rest."""
    for row in rows:
        report = row.report
        content = f"{report.payload_hash}:{report.observed_at.isoformat()}"
        commitment = ids.keyed(bytes(report.salt), "commitment", content, 64)
        data = {"category": report.category, "channel": report.channel, "commitment": commitment}
        # Whoever reports stays unnamed in the log, with or without an account.
        yield Act(ANONYMOUS, "report.received", Ref("report", report.code), data, report.city)


def _receipt(report: Report, entry: Entry | None, *, created: bool) -> Receipt:
    return Receipt(
        code=report.code,
        token=receipts.token(settings.SECRET_KEY, report.client_id),
        number_text=receipts.number_text(report.code),
        entry_hash=entry.leaf_hash if entry else report.entry_hash,
        created=created,
        received_at=report.received_at,
    )


def _repeat_answers(repeats: Sequence[tuple[int, Submission]]) -> Iterator[tuple[int, Receipt | RembugError]]:
    if not repeats:
        return
    stored = Report.objects.in_bulk([said.client_id for _, said in repeats], field_name="client_id")
    for position, said in repeats:
        report = stored[said.client_id]
        if secrets.compare_digest(report.payload_hash, said.payload_hash()):
            yield position, _receipt(report, None, created=False)
        else:
            yield position, KeyReused("Kunci kirim ini sudah dipakai untuk laporan lain. Buat laporan baru.")


def _known_refs(batch: Sequence[Incoming]) -> set[tuple[str, str, str]]:
    refs = [i.submission.foreign_ref for i in batch if i.submission.foreign_ref]
    if not refs:
        return set()
    rows = Report.objects.filter(foreign_ref__in=refs).values_list("city", "channel", "foreign_ref")
    return set(rows)


def _used(sources: Sequence[str], now: datetime) -> dict[str, tuple[int, int]]:
    """Return for each source (reports, proofs of work) of the last ten minutes."""
    start = now - timedelta(seconds=limits.WINDOW_S)
    counts = (
        Report.objects.filter(source__in=set(sources), received_at__gt=start)
        .values_list("source")
        .annotate(n=Count("id"))
    )
    used = {source: (count, 0) for source, count in counts}
    spent = (
        SpentProof.objects.filter(source__in=set(sources), spent_at__gt=start)
        .values_list("source")
        .annotate(n=Count("fingerprint"))
    )
    for source, count in spent:
        used[source] = (used.get(source, (0, 0))[0], count)
    return used


def _seen_before(sources: Sequence[str]) -> set[str]:
    return set(Report.objects.filter(Q(source__in=set(sources))).values_list("source", flat=True).distinct())


def _proof(said: Submission) -> proof.Proof | None:
    return proof.check(said.proof) if said.proof else None


def _already_spent(proofs: Iterable[proof.Proof | None]) -> set[str]:
    prints = [p.fingerprint for p in proofs if p is not None]
    if not prints:
        return set()
    return set(SpentProof.objects.filter(fingerprint__in=prints).values_list("fingerprint", flat=True))


def _write(batch: Sequence[Incoming]) -> list[Receipt | RembugError]:
    return receive(batch, actor=system("reports.intake"))


_writer: GroupCommit[Incoming, Receipt] = GroupCommit(_write)
