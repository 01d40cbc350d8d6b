"""Taking over the lessons of the city's pack."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import orjson
from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.learning.models import Lesson
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import LessonRow, lessons_to_json


@transaction.atomic
def load_lessons(*, actor: Actor, city: str, rows: Sequence[LessonRow]) -> int:
    """Make the city's lessons what its pack says; return how many changed. Classes of a retired lesson stay."""
    if actor.kind != "system":
        actor.require("administrator", city=city)
    before = {row.slug: row for row in Lesson.objects.select_for_update().filter(city=city)}
    changed = 0
    for row in rows:
        plain = lessons_to_json(row)
        digest = hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()
        known = before.get(row.slug)
        if known is not None and known.digest == digest and known.retired_at is None:
            continue
        values = {"position": row.position, "content": plain, "digest": digest, "retired_at": None}
        Lesson.objects.update_or_create(city=city, slug=row.slug, defaults=values)
        changed += 1
    gone = Lesson.objects.filter(city=city, retired_at=None).exclude(slug__in=[row.slug for row in rows])
    changed += gone.update(retired_at=clock.now())
    if changed:
        data: dict[str, object] = {"lessons": len(rows), "changed": changed}
        record(actor=actor, verb="lessons.loaded", obj=Ref("city", city), data=data, city=city)
    return changed
