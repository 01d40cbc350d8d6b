"""The books of a site after the faults, read by plain SQL and by the public interface, not through its own code."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from typing import Any
from uuid import UUID

import psycopg

from tests.support.site import Site

WAITING = (
    "SELECT (SELECT count(*) FROM reports_report WHERE processed_at IS NULL OR stirred_at IS NOT NULL)"
    " + (SELECT count(*) FROM audit_entry WHERE leaf_index IS NULL)"
)


def ask(site: Site, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of one question to the site's database."""
    if site.database_url:
        with psycopg.connect(site.database_url) as connection:
            return connection.execute(sql).fetchall()
    with sqlite3.connect(f"file:{site.var / 'rembug.sqlite3'}?mode=ro", uri=True, timeout=30) as connection:
        return connection.execute(sql).fetchall()


def is_calm(site: Site) -> bool:
    """Tell whether every report is judged and settled and every log entry is numbered."""
    try:
        return bool(ask(site, WAITING) == [(0,)])
    except (psycopg.OperationalError, sqlite3.OperationalError):
        return False


def stored(site: Site) -> dict[str, dict[str, str]]:
    """Return what the phones should know of each stored report: key -> code and log entry."""
    rows = ask(site, "SELECT client_id, code, entry_hash FROM reports_report")
    found = {str(UUID(str(key))): {"code": code, "log_entry": entry} for key, code, entry in rows}
    assert len(found) == len(rows)
    return found


def public_codes(site: Site) -> list[str]:
    """Read the open data page by page, as anybody may, and return the codes in order."""
    codes: list[str] = []
    address: str | None = f"{site.url}/api/v1/reports?limit=1000"
    while address:
        with urllib.request.urlopen(address, timeout=30) as answer:
            page = json.load(answer)
        codes += [item["code"] for item in page["items"]]
        address = page.get("next_url")
    return codes


def map_total(site: Site) -> int:
    """Return how many reports the map shows of the whole city."""
    with urllib.request.urlopen(f"{site.url}/api/v1/map?zoom=12", timeout=30) as answer:
        return int(json.load(answer)["total"])
