"""Report categories that a city pack describes."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.pack import CategoryRow
from rembug.reports.models import Category
from rembug.reports.queries import categories as queries

NOT_KEPT = {"code", "responsible"}  # the key, and what `places` keeps with the city's facts


@dataclass(frozen=True, slots=True)
class CategoriesLoaded:
    """Codes of categories by what a load did to them."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    closed: tuple[str, ...]


@transaction.atomic
def load_categories(*, actor: Actor, city: str, categories: Iterable[CategoryRow]) -> CategoriesLoaded:
    """Make the city's categories what the pack says; those that left it are closed, so old reports keep their name."""
    if actor.kind != "system":
        actor.require("administrator", city=city)
    known = {category.code: category for category in Category.objects.filter(city=city)}
    added, updated = [], []
    for row in categories:
        category = known.pop(row.code, None)
        wanted = _columns(row)
        if category is None:
            Category.objects.create(city=city, code=row.code, **wanted)
            added.append(row.code)
        elif any(getattr(category, column) != value for column, value in wanted.items()):
            for column, value in wanted.items():
                setattr(category, column, value)
            category.save()
            updated.append(row.code)
    closed = [category for category in known.values() if category.closed_at is None]
    for category in closed:
        category.closed_at = clock.now()
        category.save(update_fields=["closed_at"])
    loaded = CategoriesLoaded(tuple(added), tuple(updated), tuple(category.code for category in closed))
    if added or updated or closed:
        record(actor=actor, verb="categories.loaded", obj=Ref("city", city), data=asdict(loaded), city=city)
    queries.forget()
    return loaded


def _columns(row: CategoryRow) -> dict[str, Any]:
    values: dict[str, Any] = {key: value for key, value in asdict(row).items() if key not in NOT_KEPT}
    return {**values, "questions": list(values["questions"]), "closed_at": None}
