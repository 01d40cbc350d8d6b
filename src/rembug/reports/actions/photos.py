"""From the bytes of a photo to three clean sizes, and the one look by a person that makes it public."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.images.outcome import Photo as Developed
from rembug.lib.images.outcome import Refusal
from rembug.lib.images.phash import hamming
from rembug.lib.images.process import process
from rembug.lib.lease import lease
from rembug.lib.masking import distance_m
from rembug.reports.actions.photo import INCOMING
from rembug.reports.actions.stir import stirred
from rembug.reports.models import Attached, Photo, Report
from rembug.reports.queries.city import zone
from rembug.reports.queries.photo_files import FOLDER, key
from rembug.reports.rules.photos import ALIKE_BITS, Claimed, PhotoFacts, flags_of

logger = logging.getLogger(__name__)
LEASE_S = 180.0
STOP_AFTER = timedelta(seconds=100)  # well before the lease ends; the job is woken again at once
GIVE_UP_AFTER = timedelta(hours=1)  # a photo that loses the darkroom each time
ORPHAN_AFTER = timedelta(hours=1)  # a file is written before its row: a young one may still get it
SIZES_AFTER = timedelta(days=1)
SWEPT_AT_ONCE = 500
COMPARED = 2_000_000


def develop_waiting(*, actor: Actor) -> int:
    """Develop the photos that wait, oldest first; return how many are done, ready or refused.

    A run that dies leaves a photo as it was, with its original: the next run does it again and overwrites its files.
    """
    done = 0
    started = clock.now()
    with lease("photos", LEASE_S) as held:
        if not held:
            return 0
        waiting = Photo.objects.filter(state=Photo.State.RECEIVED).order_by("pk")
        for name in list(waiting.values_list("name", flat=True)):
            if clock.now() - started > STOP_AFTER:
                break
            done += _develop(name, actor)
    return done


def sweep(*, actor: Actor) -> int:
    """Delete originals that no waiting photo needs: left by a crash, or by two sends at once. Return how many."""
    try:
        names = default_storage.listdir(INCOMING)[1]
    except FileNotFoundError:
        return 0
    limit = clock.now() - ORPHAN_AFTER
    old = [name for name in names if default_storage.get_modified_time(f"{INCOMING}/{name}") < limit]
    needed = set(
        Photo.objects.filter(state=Photo.State.RECEIVED, name__in=old).values_list("name", flat=True)
    )
    orphans = [name for name in old if name not in needed]
    for name in orphans:
        default_storage.delete(f"{INCOMING}/{name}")
    return len(orphans)


def sweep_sizes(*, actor: Actor) -> int:
    """Delete sizes older than a day whose photo has no row: a process died between its files and its row.

    Return how many files.
    """
    try:
        files = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    limit, done = clock.now() - SIZES_AFTER, 0
    for start in range(0, len(files), SWEPT_AT_ONCE):
        names = {file: file.partition("-")[0] for file in files[start : start + SWEPT_AT_ONCE]}
        known = set(Photo.objects.filter(name__in=names.values()).values_list("name", flat=True))
        known |= set(Attached.objects.filter(name__in=names.values()).values_list("name", flat=True))
        for file, name in names.items():
            path = f"{FOLDER}/{file}"
            if name not in known and _is_older(path, limit):
                default_storage.delete(path)
                done += 1
    return done


def _is_older(path: str, limit: datetime) -> bool:
    """Tell whether a file was written before; one that somebody else has removed meanwhile is not."""
    try:
        return default_storage.get_modified_time(path) < limit
    except FileNotFoundError:
        return False


def _develop(name: str, actor: Actor) -> int:
    path = f"{INCOMING}/{name}"
    try:
        with default_storage.open(path) as file:
            outcome = process(file.read())
    except FileNotFoundError:
        return _refuse(name, "lost", actor)
    if isinstance(outcome, Refusal):
        return _refused(name, outcome, actor)
    for rendition in outcome.renditions:
        store(key(name, rendition.side), rendition.jpeg)
    with transaction.atomic():
        photo = _waiting(name)
        if photo is None:
            return 0
        _fill(photo, outcome)
        photo.save()
        update_flags(photo.report)
        _log("photo.ready", photo, actor)
    default_storage.delete(path)  # only now: until the row says so, the original is all there is
    return 1


def _refused(name: str, outcome: Refusal, actor: Actor) -> int:
    if outcome.may_retry:
        young = clock.now() - GIVE_UP_AFTER
        if Photo.objects.filter(name=name, received_at__gt=young).exists():
            logger.warning("a photo waits: %s", outcome.detail)
            return 0
    count = _refuse(name, outcome.reason.value, actor)
    default_storage.delete(f"{INCOMING}/{name}")
    return count


def _refuse(name: str, reason: str, actor: Actor) -> int:
    with transaction.atomic():
        photo = _waiting(name)
        if photo is None:
            return 0
        photo.state, photo.reason = Photo.State.REFUSED, reason
        photo.save(update_fields=["state", "reason"])
        _log("photo.refused", photo, actor, reason=reason)
    return 1


def _waiting(name: str) -> Photo | None:
    rows = Photo.objects.select_for_update(of=("self",)).select_related("report")
    return rows.filter(name=name, state=Photo.State.RECEIVED).first()


def store(path: str, data: bytes) -> None:
    """Lay a file under its name, in place of what a run that died had left there."""
    if default_storage.exists(path):  # left by a run that died; storage would choose another name
        default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


def _fill(photo: Photo, outcome: Developed) -> None:
    report, largest = photo.report, outcome.renditions[0]
    photo.state = Photo.State.READY
    photo.width, photo.height = largest.width, largest.height
    photo.phash = "" if outcome.phash is None else f"{outcome.phash:016x}"
    photo.exif_at = outcome.camera.taken_at(ZoneInfo(zone(report.city)))
    fix = outcome.camera.gps
    photo.exif_m = distance_m(fix.lon, fix.lat, report.lon, report.lat) if fix else None
    photo.reused = outcome.phash is not None and _seen_before(photo, outcome.phash)


def _seen_before(photo: Photo, phash: int) -> bool:
    """Tell whether an earlier photo of another report, or of what was done, is the same picture."""
    earlier = Photo.objects.filter(pk__lt=photo.pk).exclude(report_id=photo.report_id)
    return _alike(earlier, phash) or _alike(Attached.objects.filter(received_at__lt=photo.received_at), phash)


def sent_before(phash: int, *, but: tuple[str, str]) -> bool:
    """Tell whether any photo ever sent is the same picture, those of one thing (kind, number) aside."""
    kind, code = but
    return _alike(Photo.objects.all(), phash) or _alike(Attached.objects.exclude(kind=kind, code=code), phash)


def _alike(rows: QuerySet[Photo] | QuerySet[Attached], phash: int) -> bool:
    known = rows.exclude(phash="").order_by("-pk").values_list("phash", flat=True)[:COMPARED]
    return any(hamming(int(other, 16), phash) <= ALIKE_BITS for other in known.iterator())


def update_flags(report: Report) -> None:
    """Set what the report's photos say together, and have it judged again when that changed."""
    usable = [Photo.State.READY, Photo.State.PUBLIC, Photo.State.HIDDEN]
    rows = Photo.objects.filter(report=report, state__in=usable)
    facts = [PhotoFacts(row.reused, row.fits, row.exif_at, row.exif_m) for row in rows]
    flags = int(flags_of(facts, Claimed(report.observed_from, report.received_at, report.accuracy_m)))
    if flags != report.photo_flags:
        Report.objects.filter(pk=report.pk).update(photo_flags=flags, **stirred())


def _log(verb: str, photo: Photo, actor: Actor, **data: object) -> None:
    """The log names the report, never the photo: its random name is its address."""
    report = photo.report
    record(actor=actor, verb=verb, obj=Ref("report", report.code), data=data, city=report.city)
