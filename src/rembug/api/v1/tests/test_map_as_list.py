"""U-07: whatever the map shows stands in its list too, without script, with the same filters."""

import re
from html import unescape
from typing import Any
from urllib.parse import urljoin

from django.test import Client

from rembug.api.v1.tests.conftest import Phone, judge, said

PLACES = [(109.665 + 0.0035 * column, -6.905 + 0.004 * row) for row in range(5) for column in range(7)]


def on_the_map(client: Client, asked: str = "") -> set[str]:
    """Return the codes of all reports that the map shows, zoomed in as far as it goes."""
    found: set[str] = set()
    boxes = [(109.60, -6.95, 109.75, -6.83)]
    while boxes:
        west, south, east, north = boxes.pop()
        answer = said(client.get(f"/api/v1/map?zoom=22&bbox={west},{south},{east},{north}{asked}"))
        found.update(point[0] for point in answer["points"])
        if answer["cells"] and east - west > 1e-5:
            x, y = (west + east) / 2, (south + north) / 2
            boxes += [
                (west, south, x, y),
                (x, south, east, y),
                (west, y, x, north),
                (x, y, east, north),
            ]
    return found


def in_the_list(client: Client, asked: str = "") -> set[str]:
    """Return the codes of all reports that a reader of the list reaches by its links."""
    found: set[str] = set()
    page: str | None = f"/peta/{asked}"
    while page:
        body = client.get(page).content.decode()
        for incident in set(re.findall(r'href="(/kejadian/\w+/)"', body)):
            found.update(re.findall(r'href="/laporan/(\w+)/"', client.get(incident).content.decode()))
        further = re.search(r'href="([^"]+)" rel="next"', body)
        page = urljoin("/peta/", unescape(further[1])) if further else None
    return found


def send_everywhere(client: Client) -> None:
    for number, (lon, lat) in enumerate(PLACES, 1):
        kind: dict[str, Any] = {"category": "light", "depth_class": ""} if number % 5 == 0 else {}
        Phone(client, number).post(lon=lon, lat=lat, **kind)
    Phone(client, 90).post(lon=PLACES[0][0], lat=PLACES[0][1])  # a second voice on the same spot
    Phone(client, 91).post(lon=109.67, lat=-6.88, visibility="private")
    judge()


def test_every_report_on_the_map_is_reached_from_the_list(phone: Phone, client: Client) -> None:  # noqa: ARG001 loads the city
    send_everywhere(client)
    shown = on_the_map(client)
    assert len(shown) == len(PLACES) + 1
    assert in_the_list(client) == shown


def test_the_same_filter_gives_the_same_reports(phone: Phone, client: Client) -> None:  # noqa: ARG001 loads the city
    send_everywhere(client)
    lights = on_the_map(client, "&category=light")
    assert len(lights) == len(PLACES) // 5
    assert in_the_list(client, "?jenis=light") == lights
