"""Make and publish the versions that wait: read once, freeze, write all formats, hash, and only then publish."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.evidence import shelf
from rembug.evidence.formats import rows
from rembug.evidence.formats.bundle import Bundle, write_all
from rembug.evidence.models import Dataset, Version
from rembug.evidence.queries import answer, datasets, survey_rows, workshop_rows
from rembug.evidence.queries.provenance import provenance
from rembug.evidence.rules.changes import compare
from rembug.evidence.rules.columns import COLUMNS, MOMENT
from rembug.evidence.rules.quality import CaseTally, Tally
from rembug.evidence.rules.question import Asked, read
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Invalid
from rembug.lib.lease import lease

logger = logging.getLogger(__name__)
LEASE_S = 1800.0


def make_waiting(*, actor: Actor) -> int:
    """Make each version that waits, oldest first; return how many were published.

    A run that dies leaves the version waiting and its files unnamed; the next run writes them anew.
    """
    done = 0
    with lease("evidence", LEASE_S) as held:
        if not held:
            return 0
        _remove_unnamed()
        waiting = Version.objects.filter(state=Version.State.MAKING).select_related("dataset__publisher")
        for version in waiting.order_by("id"):
            try:
                done += _make(version, actor)
            except Invalid as error:
                _give_up(version, error.message)
            except OSError as error:
                logger.exception("version %s of %s was not made", version.number, version.dataset.slug)
                _give_up(version, str(error))
    return done


def _make(version: Version, actor: Actor) -> bool:
    dataset, at = version.dataset, clock.now()
    asked = read(dataset.question)
    columns = COLUMNS[asked.subject]
    (settings.VAR / "work").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="evidence-", dir=settings.VAR / "work") as folder:
        place = Path(folder)
        count, quality = _written(dataset, asked, place / rows.NAME, at)
        bundle = Bundle(
            slug=dataset.slug,
            number=version.number,
            title=dataset.title,
            about=dataset.about,
            publisher=dataset.publisher.name,
            frozen_at=at,
            columns=[column.stored() for column in columns],
            quality=quality,
            provenance=provenance(dataset.city, asked, at),
        )
        files = write_all(bundle, place)
        before = _before(version)
        if before is not None and before.content_hash == files["csv"]["sha256"]:
            _nothing_new(version, at)
            return False
        changes = _changes(dataset, before, place / files["csv"]["name"])
        base = shelf.folder(dataset.city, dataset.slug, version.number)
        for name in [rows.NAME, *(file["name"] for file in files.values())]:
            shelf.put(f"{base}/{name}", place / name)
    _publish(version, asked, bundle, {"rows": count, "files": files, "changes": changes}, actor)
    return True


def _written(dataset: Dataset, asked: Asked, path: Path, at: datetime) -> tuple[int, dict[str, Any]]:
    """Write the rows of an answer; return how many, and how good they are."""
    city = dataset.city
    columns, expected = COLUMNS[asked.subject], answer.expected_areas(city, asked)
    if asked.subject == "surveys":
        last = datasets.dataset(city, dataset.slug).latest
        found = survey_rows.counted(city, asked, expected, last)
        return rows.write(path, columns, found.rows), found.quality
    if asked.subject == "workshops":
        made = workshop_rows.counted(city, asked, expected, datasets.dataset(city, dataset.slug).versions)
        return rows.write(path, columns, made.rows), made.quality
    tally = CaseTally() if asked.subject == "cases" else Tally()
    count = rows.write(path, columns, _counted(answer.rows(city, asked, at), tally, MOMENT[asked.subject]))
    return count, tally.stored(expected, asked.start, asked.end)


def _counted(
    found: Iterator[dict[str, Any]], tally: Tally | CaseTally, moment: str
) -> Iterator[dict[str, Any]]:
    for row in found:
        tally.take(row["area_code"], int(datetime.fromisoformat(row[moment]).timestamp()), row)
        yield row


def _before(version: Version) -> Version | None:
    published = version.dataset.versions.filter(state=Version.State.PUBLISHED, number__lt=version.number)
    return published.order_by("-number").first()


def _changes(dataset: Dataset, before: Version | None, now: Path) -> dict[str, int]:
    if before is None:
        return {}
    name = f"{shelf.folder(dataset.city, dataset.slug, before.number)}/{before.files['csv']['name']}"
    with shelf.local(name).open("rb") as old, now.open("rb") as new:
        return {"since": before.number, **compare(old, new)}


def _publish(version: Version, asked: Asked, bundle: Bundle, made: dict[str, Any], actor: Actor) -> None:
    """The one moment in which everything becomes public."""
    dataset = version.dataset
    with transaction.atomic():
        locked = Version.objects.select_for_update().get(pk=version.pk)
        if locked.state != Version.State.MAKING:
            return
        locked.state = Version.State.PUBLISHED
        locked.frozen_at = bundle.frozen_at
        locked.row_count = made["rows"]
        locked.files = made["files"]
        locked.content_hash = made["files"]["csv"]["sha256"]
        locked.described = {
            "title": bundle.title,
            "about": bundle.about,
            "publisher": bundle.publisher,
        }
        locked.columns = bundle.columns
        locked.quality = bundle.quality
        locked.provenance = bundle.provenance
        locked.changes = made["changes"]
        entry = record(
            actor=actor,
            verb="dataset.version.published",
            obj=Ref("dataset", dataset.slug),
            data={
                "number": version.number,
                "rows": made["rows"],
                "sha256": locked.content_hash,
                "files": {kind: file["sha256"] for kind, file in made["files"].items()},
                "question": asked.stored(),
            },
            city=dataset.city,
        )
        locked.entry_hash = entry.leaf_hash
        locked.save()
        Dataset.objects.filter(pk=dataset.pk).update(changed_at=bundle.frozen_at)


def _nothing_new(version: Version, at: datetime) -> None:
    waiting = Version.objects.filter(pk=version.pk, state=Version.State.MAKING)
    waiting.update(state=Version.State.SAME, frozen_at=at)


def _give_up(version: Version, why: str) -> None:
    waiting = Version.objects.filter(pk=version.pk, state=Version.State.MAKING)
    waiting.update(state=Version.State.FAILED, why_failed=why[:400])


def _remove_unnamed() -> None:
    """Forget the working folders of runs that died; whoever calls holds the lease."""
    for left in (settings.VAR / "work").glob("evidence-*"):
        shutil.rmtree(left, ignore_errors=True)
