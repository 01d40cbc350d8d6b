"""`rembug city`: load, check and list city packs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from rembug.alerts.actions.load import load_alerts
from rembug.cases.actions.load import load_cases
from rembug.commitments.actions.load import load_desk
from rembug.confidential.actions.load import load_confidential
from rembug.deliberation.actions.load import load_planning
from rembug.learning.actions.load import load_lessons
from rembug.lib.actor import system
from rembug.lib.errors import RembugError
from rembug.lib.pack import Pack, read
from rembug.people.actions.bodies import load_bodies
from rembug.places import queries
from rembug.places.actions import load_city
from rembug.reports.actions.categories import load_categories
from rembug.water.actions.load import load_water

ACTOR = system("city.load")


class Command(BaseCommand):
    """Loads a city from its pack, all or nothing."""

    help = "Load or check a city pack, or list the loaded cities."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, words in (
            ("load", "make the city what its pack says"),
            ("check", "say what is wrong with a pack"),
        ):
            verbs.add_parser(verb, help=words).add_argument("path", type=Path)
        verbs.add_parser("list", help="list the loaded cities")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "list":
            for slug in queries.cities():
                self.stdout.write(f"{slug}\t{queries.city(slug).name}\t{queries.version(slug)[:12]}")
            return
        try:
            pack = read(options["path"])
            if options["verb"] == "load":
                self._load(pack)
        except RembugError as error:
            raise CommandError(error.message) from error
        if options["verb"] == "check":
            self.stdout.write(f"{pack.facts.name}: {_sizes(pack)}. Nothing is wrong.")

    @transaction.atomic
    def _load(self, pack: Pack) -> None:
        slug = pack.facts.slug
        city = load_city(actor=ACTOR, pack=pack)
        bodies = load_bodies(actor=ACTOR, city=slug, bodies=pack.bodies)
        kinds = load_categories(actor=ACTOR, city=slug, categories=pack.categories)
        load_water(actor=ACTOR, city=slug, facts=pack.water)
        load_alerts(actor=ACTOR, city=slug, facts=pack.alerts)
        load_cases(actor=ACTOR, city=slug, facts=pack.cases)
        load_planning(actor=ACTOR, city=slug, facts=pack.planning)
        load_confidential(actor=ACTOR, city=slug, facts=pack.confidential)
        load_desk(actor=ACTOR, city=slug, facts=pack.desk)
        load_lessons(actor=ACTOR, city=slug, rows=pack.lessons)
        self.stdout.write(f"{pack.facts.name}: {_sizes(pack)}.")
        self.stdout.write(
            f"areas: {city.added} new, {city.updated} changed, {city.closed} closed, {city.kept} official shapes kept"
        )
        self.stdout.write(f"bodies: {bodies.added} new, {bodies.updated} changed, {bodies.closed} closed")
        self.stdout.write(
            f"categories: {len(kinds.added)} new, {len(kinds.updated)} changed, {len(kinds.closed)} closed"
        )


def _sizes(pack: Pack) -> str:
    return (
        f"{len(pack.areas)} areas, {len(pack.landmarks)} landmarks, "
        f"{len(pack.bodies)} bodies, {len(pack.categories)} categories"
    )
