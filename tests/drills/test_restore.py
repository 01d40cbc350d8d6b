"""R-08: a site that works is backed up while reports come in, and stands again somewhere else, the same."""

import contextlib
import json
import threading
import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.drills import phone
from tests.support import postgres
from tests.support.site import PACK, Site, site


@contextlib.contextmanager
def two_databases(kind: str) -> Iterator[tuple[str, str]]:
    """Give addresses for the site and for its second life; empty means SQLite in the site's folder."""
    if kind == "sqlite":
        yield "", ""
        return
    try:
        with postgres.cluster() as address:
            yield postgres.create(address, "first"), postgres.create(address, "second")
    except postgres.NoPostgres as missing:
        pytest.skip(str(missing))


def reporting(running: Site, stop: threading.Event, sent: list[dict[str, str]]) -> None:
    """Report from all over the city until told to stop; what the fair limits refuse is tried elsewhere."""
    number = 0
    while not stop.is_set():
        number += 1
        with contextlib.suppress(urllib.error.HTTPError):
            lon, lat = 109.655 + number % 17 / 400, -6.90 + number % 13 / 400
            sent.append(phone.report(running, lon=lon, lat=lat))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_r_08_a_backup_taken_under_load_stands_again_with_every_row_photo_and_link(
    kind: str, tmp_path: Path
) -> None:
    stop, sent = threading.Event(), list[dict[str, str]]()
    with two_databases(kind) as (first, second), site(database_url=first) as old:
        mine = phone.report(old, text="Air di depan masjid.")
        token = str(mine["receipt_token"])
        phone.send_photo(old, str(mine["code"]), token)
        crowd = threading.Thread(target=reporting, args=(old, stop, sent))
        crowd.start()
        try:
            give_up = time.monotonic() + 60
            while len(sent) < 10 and time.monotonic() < give_up:
                stop.wait(0.05)
            old.command("audit", "sequence")
            said = old.command("backup", str(tmp_path / "backups"))
        finally:
            stop.set()
            crowd.join(30)
        assert "made" in said
        assert "sound" in old.command("backup", str(tmp_path / "backups"), "--verify")
        new = Site(tmp_path / "second", postgres.free_port(), second)
        new.var.mkdir()
        told = new.command("restore", str(tmp_path / "backups"))
        (backup,) = (tmp_path / "backups").glob("20*")
        manifest = json.loads((backup / "manifest.json").read_text())
        assert f"{sum(manifest['facts']['counts'].values())} rows" in told
        assert manifest["facts"]["counts"]["reports_report"] >= 11
        assert f"log root {manifest['facts']['log_root']}" in told
        assert "sound: " in told
        same_photos(backup, old.var / "media", new.var / "media")
        new.command("collectstatic", "--noinput", "--verbosity", "0")
        new.start("web", "serve", "--no-worker")
        try:
            new.wait_until_up()
            assert "Air di depan masjid." in phone.read(new, f"/r/{token}/")
            # and it goes on: a new report is taken, judged and logged by the same key
            phone.report(new)
            new.command("worker", "--once")
            assert "sound: " in new.command("audit", "verify")
        finally:
            new.kill("web")


def same_photos(backup: Path, before: Path, after: Path) -> None:
    """Compare every photo of the backup byte by byte with what the first site holds and the second one got."""
    listed = [row["path"] for row in json.loads((backup / "photos.json").read_text())]
    assert listed
    for name in listed:
        assert (after / name).read_bytes()
        if (before / name).exists():  # else it was developed meanwhile
            assert (after / name).read_bytes() == (before / name).read_bytes()


@pytest.mark.slow
def test_a_forced_restore_on_postgresql_keeps_what_stood_there_and_the_logs_guard(tmp_path: Path) -> None:
    with (
        two_databases("postgresql") as (address, _),
        site(database_url=address, web=False, worker=False) as place,
    ):
        place.command("audit", "sequence")
        place.command("backup", str(tmp_path))
        place.command("city", "load", str(PACK.parents[1] / "tests" / "packs" / "bandarkecil"))
        with pytest.raises(RuntimeError, match="not empty"):
            place.command("restore", str(tmp_path))
        assert "sound: " in place.command("restore", str(tmp_path), "--force")
        with psycopg.connect(address) as asked:
            kept = asked.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_%'").fetchall()
            cities = asked.execute("SELECT count(*) FROM places_city").fetchone()
            before = asked.execute(
                sql.SQL("SELECT count(*) FROM {}.places_city").format(sql.Identifier(kept[0][0]))
            ).fetchone()
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                asked.execute("DELETE FROM audit_entry")
        assert (len(kept), cities, before) == (1, (1,), (2,))
