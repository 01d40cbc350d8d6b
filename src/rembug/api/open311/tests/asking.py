"""Asking and sending by Open311 in tests."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import etree

from rembug.cases.tests.made import ME
from rembug.reports.actions.process import process_waiting, settle

BASE = "/open311/v2/"
HERE = {"lat": "-6.8899", "long": "109.6792"}


def get(client: Client, path: str, expect: int = 200, **asked: Any) -> Any:
    """Ask for JSON."""
    answer = client.get(BASE + path, asked)
    assert answer.status_code == expect, answer.content
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    return answer.json()


def post(client: Client, key: str, expect: int = 201, form: str = "json", **said: Any) -> Any:
    """Send a request; return JSON or a tree."""
    answer = client.post(f"{BASE}requests.{form}", {"api_key": key, "service_code": "light", **HERE, **said})
    assert answer.status_code == expect, answer.content
    return answer.json() if form == "json" else etree.fromstring(answer.content)


def judge() -> None:
    """Let the jobs run."""
    process_waiting(actor=ME)
    settle(actor=ME)


def spark(node: Any) -> Any:
    """An independent converter of XML to JSON by the Spark convention (strings only)."""
    children = list(node)
    if not children:
        return node.text
    lists = {
        "services",
        "service_requests",
        "errors",
        "attributes",
        "values",
        "endpoints",
        "formats",
        "notes",
        "media",
    }
    if node.tag in lists:
        return [spark(child) for child in children]
    return {child.tag: [] if child.tag in lists and not len(child) else spark(child) for child in children}


def plain(value: Any) -> Any:
    """JSON with every scalar as the text that XML would hold."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, bool):
        return str(value).lower()
    return None if value in {None, ""} else str(value)
