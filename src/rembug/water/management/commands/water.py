"""`rembug water`: levels, constants, terrain, forecasts of a city's sea."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rembug.lib.actor import system
from rembug.lib.errors import RembugError
from rembug.water import engine
from rembug.water.actions import levels, score, station, survey
from rembug.water.actions.compute import run_waiting
from rembug.water.actions.forecast import make_forecast
from rembug.water.actions.prepare import prepare
from rembug.water.actions.scenario import ask_of_pack
from rembug.water.queries.gauge import gauge_state
from rembug.water.queries.setup import station_of, terrain_of

ACTOR = system("water.command")


class Command(BaseCommand):
    """Feeds the forecast of the sea."""

    help = (
        "`levels import FILE` takes levels of the gauge, `feed ADDRESS` has them fetched, `station fit` "
        "finds the city's own constants, `terrain import FILE` takes a survey, `forecast` makes this hour's forecast, "
        "`show` says what is in force."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", default=settings.DEFAULT_CITY)
        parts = parser.add_subparsers(dest="part", required=True)
        _levels(
            parts.add_parser("levels", help="levels of the gauge").add_subparsers(dest="verb", required=True)
        )
        feed = parts.add_parser("feed", help="fetch levels from a file or address every ten minutes")
        feed.add_argument("address", help='an https address or a path; "" ends it')
        _layout(feed)
        _station(
            parts.add_parser("station", help="tide constants").add_subparsers(dest="verb", required=True)
        )
        _terrain(
            parts.add_parser("terrain", help="ground heights").add_subparsers(dest="verb", required=True)
        )
        parts.add_parser("forecast", help="make the forecast of this hour and score the earlier ones")
        parts.add_parser("scenarios", help="compute the what-ifs that wait")
        parts.add_parser("show", help="say which constants, terrain and gauge are in force")

    def handle(self, *args: Any, **options: Any) -> None:
        does = {
            "levels": self._import_levels,
            "feed": self._feed,
            "station": self._fit,
            "terrain": self._import_terrain,
            "forecast": self._forecast,
            "scenarios": self._compute,
            "show": self._show,
        }
        try:
            does[options["part"]](options["city"], options)
        except RembugError as error:
            raise CommandError(error.message) from error

    def _import_levels(self, city: str, options: dict[str, Any]) -> None:
        prepare(actor=ACTOR, city=city)
        path, zero = options["path"], options["zero"]
        taken = levels.import_file(
            actor=ACTOR, city=city, path=path, layout=_read_layout(options), zero_m=zero
        )
        self.stdout.write(
            f"{path.name}: {taken.new} new, {taken.changed} changed, {taken.same} known, {taken.faulty} not used."
        )
        for remark in taken.remarks:
            self.stdout.write(f"  {remark}")

    def _feed(self, city: str, options: dict[str, Any]) -> None:
        prepare(actor=ACTOR, city=city)
        layout, zero = _read_layout(options), options["zero"]
        levels.set_feed(actor=ACTOR, city=city, address=options["address"], layout=layout, zero_m=zero)
        if options["address"]:
            new = levels.fetch_levels(actor=ACTOR, city=city)
            fault = gauge_state(city).fault
            self.stdout.write(
                f"The first look failed: {fault}" if fault else f"The first look brought {new} levels."
            )

    def _fit(self, city: str, options: dict[str, Any]) -> None:
        if options["verb"] == "reset":
            count = station.forget_own(actor=ACTOR, city=city)
            self.stdout.write(f"{count} own constants given up; the pack's are in force.")
            return
        fitted = station.fit_station(
            actor=ACTOR, city=city, source=options["source"], licence=options["licence"]
        )
        for name, (amplitude, phase) in sorted(
            fitted.station["constituents"].items(), key=lambda row: -row[1][0]
        ):
            self.stdout.write(f"{name:<8}{amplitude:8.4f} m{phase:7.1f}°")
        self.stdout.write(f"tide type: {fitted.tide_type} (F = {fitted.formzahl:.2f})")
        self.stdout.write(f"left unexplained: {fitted.rms_m * 100:.1f} cm (RMS)")
        for note in fitted.notes:
            self.stdout.write(f"  {note}")
        if options["adopt"]:
            station.adopt(actor=ACTOR, city=city, fitted=fitted)
            self.stdout.write("Adopted: the next forecast uses them.")
        else:
            self.stdout.write("Nothing is changed. Add --adopt to use them.")

    def _import_terrain(self, city: str, options: dict[str, Any]) -> None:
        if options["verb"] == "reset":
            count = survey.drop_terrain(actor=ACTOR, city=city)
            self.stdout.write(f"{count} survey(s) given up; the illustration is in force.")
            return
        facts = engine.Facts(options["datum"], options["surveyed"], options["sigma"], options["crs"])
        source = options["source"] or options["path"].name
        share = survey.import_terrain(
            actor=ACTOR, city=city, path=options["path"], facts=facts, source=source, shift_m=options["shift"]
        )
        self.stdout.write(f"{options['path'].name}: in force; it covers {share:.0%} of the city's land.")

    def _forecast(self, city: str, options: dict[str, Any]) -> None:
        prepare(actor=ACTOR, city=city)
        ask_of_pack(actor=ACTOR, city=city)
        made = make_forecast(actor=ACTOR, city=city)
        scored = score.score_city(actor=ACTOR, city=city)
        self.stdout.write(
            f"{'A forecast was made' if made else 'This hour has its forecast'}; {scored} new scores."
        )

    def _compute(self, _city: str, _options: dict[str, Any]) -> None:
        self.stdout.write(f"{run_waiting(actor=ACTOR)} what-ifs computed.")

    def _show(self, city: str, options: dict[str, Any]) -> None:
        prepare(actor=ACTOR, city=city)
        own, terrain, gauge = station_of(city), terrain_of(city), gauge_state(city)
        self.stdout.write(f"constants: {own.data['name']}, trust {own.data['trust']}, {own.data['source']}")
        self.stdout.write(f"tide type: {own.tide_type} (F = {own.formzahl:.2f})")
        if terrain is not None:
            self.stdout.write(f"terrain: {terrain.origin}, {terrain.source}, {terrain.survey_date}")
        self.stdout.write(f"gauge: {gauge.last_at or 'no level yet'}; feed: {gauge.fault or gauge.has_feed}")


def _layout(parser: CommandParser) -> None:
    parser.add_argument("--utc-offset", type=float, help="hours east of UTC of times without a zone (WIB: 7)")
    parser.add_argument("--unit", default="m", help="m, cm or mm")
    parser.add_argument("--time-column", default="")
    parser.add_argument("--level-column", default="")
    parser.add_argument(
        "--zero", type=float, default=0.0, help="height of its zero above mean sea level, metres"
    )


def _read_layout(options: dict[str, Any]) -> dict[str, Any]:
    return {
        "utc_offset": options["utc_offset"],
        "unit": options["unit"],
        "time": options["time_column"],
        "level": options["level_column"],
    }


def _levels(verbs: Any) -> None:
    take = verbs.add_parser("import", help="take levels from a file (CSV, IOC or BMKG JSON)")
    take.add_argument("path", type=Path)
    _layout(take)


def _station(verbs: Any) -> None:
    fit = verbs.add_parser("fit", help="fit constants to the levels kept so far")
    fit.add_argument("--source", required=True, help="whose gauge it is")
    fit.add_argument("--licence", required=True, help="under which licence its levels may be used")
    fit.add_argument("--adopt", action="store_true", help="use them from now on")
    verbs.add_parser("reset", help="go back to the pack's constants")


def _terrain(verbs: Any) -> None:
    take = verbs.add_parser("import", help="take a surveyed terrain (GeoTIFF or ESRI ASCII, UTM)")
    take.add_argument("path", type=Path)
    take.add_argument("--datum", required=True, help="its vertical datum: MSL, EGM2008, INAGEOID2020, …")
    take.add_argument("--surveyed", required=True, help="day of the survey, 2021-06-01: the ground sinks")
    take.add_argument("--sigma", type=float, required=True, help="standard error of a height, metres")
    take.add_argument("--shift", type=float, default=0.0, help="metres to add to reach local mean sea level")
    take.add_argument("--crs", default="", help="reference system when the file does not say: EPSG:32749")
    take.add_argument("--source", default="", help="who surveyed it; shown on every map")
    verbs.add_parser("reset", help="go back to the illustration")
