"""`rembug demo`: logins and the simulated week of the demonstration."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.lib import clock
from rembug.lib.actor import system
from rembug.lib.errors import RembugError
from rembug.people.actions import demo
from rembug.reports.queries.waiting import is_empty
from rembug.web.demo.homes import homes
from rembug.web.demo.week import live


class Command(BaseCommand):
    """Makes logins, gives the present one-time code, fills an empty city with a simulated week."""

    help = (
        "`demo people` makes and prints one login for each role, `demo code EMAIL` prints its present one-time code, "
        "`demo week` fills an empty city with a simulated week of rob."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        people = parts.add_parser("people", help="make and print one login for each role")
        people.add_argument("--city", default=settings.DEFAULT_CITY)
        code = parts.add_parser("code", help="print the present one-time code of a demo login")
        code.add_argument("email", help="the address, or its part before @")
        week = parts.add_parser("week", help="fill an empty city with a simulated week that ends now")
        week.add_argument("--city", default=settings.DEFAULT_CITY)
        week.add_argument("--seed", type=int, default=1, help="another number, another week")

    def handle(self, *_args: Any, **options: Any) -> None:
        {"people": self._people, "code": self._code, "week": self._week}[options["part"]](options)

    def _people(self, options: dict[str, Any]) -> None:
        self.stdout.write("Akun demo / demo logins (DEMO, bukan untuk kota sungguhan):")
        city = options["city"]
        for login in demo.create_demo_people(actor=system("people.demo"), city=city, homes=homes(city)):
            factor = f"  TOTP {login.totp_secret}" if login.totp_secret else ""
            self.stdout.write(f"  {login.email:<42} {login.password}{factor}")
        self.stdout.write("Kode sekali pakai / one-time code: rembug demo code EMAIL")

    def _code(self, options: dict[str, Any]) -> None:
        email = options["email"]
        for login in demo.read_demo_logins():
            if email in {login.email, login.email.partition("@")[0]}:
                if not login.totp_secret:
                    raise CommandError(f"{login.email} needs no code.")
                self.stdout.write(demo.code_now(login.totp_secret))
                return
        raise CommandError(f"There is no demo login {email}. Run `rembug demo people` first.")

    def _week(self, options: dict[str, Any]) -> None:
        city = options["city"]
        if not is_empty(city):
            self.stdout.write(f"{city}: has reports already; nothing is simulated.")
            return
        began = time.monotonic()
        try:
            done = live(city, clock.now(), seed=options["seed"])
        except RembugError as error:
            raise CommandError(error.message) from error
        told = ", ".join(f"{count} {deed}" for deed, count in sorted(done.items()))
        self.stdout.write(f"{city}: a simulated week in {time.monotonic() - began:.0f} s: {told}.")
