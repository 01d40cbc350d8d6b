"""For newsrooms: the week and a thread in sentences with their sources; a feed; a card."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone
from lxml import etree

from rembug.deliberation.tests import made
from rembug.deliberation.tests.conftest import body_of, speaker
from rembug.evidence.tests.conftest import city
from rembug.lib import clock
from rembug.people.tests.town import house

__all__ = ["city", "house"]


def test_the_week_tells_its_numbers_with_their_sources_in_both_languages(city: str) -> None:
    group = body_of(city, "contoh-pantau-rob")
    code = made.proposed(speaker(group, "facilitator", "a@example.org"), group, title="Pompa <gang>")
    page = Client().get("/siaran/").content.decode()
    assert "Tidak ada laporan dalam tujuh hari ini. Itu bukan berarti kering." in page
    assert "mengusulkan: Pompa &lt;gang&gt;." in page
    assert f'href="/usulan/{code}/"' in page
    text = Client().get("/siaran/?teks").content.decode()
    assert re.search(rf"Pompa <gang>\. \[http://[^]]+/usulan/{code}/\]", text)
    english = Client(headers={"accept-language": "en"}).get("/siaran/?teks").content.decode()
    assert "proposes: Pompa <gang>." in english
    assert "That does not mean dry." in english


def test_a_thread_is_a_text_a_feed_and_a_card(city: str) -> None:
    group = body_of(city, "contoh-pantau-rob")
    code = made.proposed(speaker(group, "facilitator", "a@example.org"), group, title="Pompa & pintu")
    base = f"/alur/usulan/{code}/"
    assert f"{base}feed.atom" in Client().get(base).content.decode()
    feed = etree.fromstring(Client().get(f"{base}feed.atom").content)
    titles = feed.xpath("//a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert any("Pompa & pintu" in title for title in titles)
    card = Client().get(f"{base}kartu.png")
    assert card["Content-Type"] == "image/png"
    assert card.content.startswith(b"\x89PNG")
    assert f"/usulan/{code}/" in Client().get(f"{base}siaran/?teks").content.decode()
    for path in ("feed.atom", "kartu.png", "siaran/"):
        assert Client().get(f"/alur/usulan/NOSUCH/{path}").status_code == 404
        assert Client().get(f"/alur/sihir/{code}/{path}").status_code == 404


def test_the_council_has_a_recap_by_electoral_district(city: str) -> None:
    group = body_of(city, "contoh-pantau-rob")
    made.proposed(speaker(group, "facilitator", "a@example.org"), group, title="Pompa gang")
    assert "/neraca/dapil/utara/" in Client().get("/neraca/").content.decode()
    north = Client().get("/neraca/dapil/utara/").content.decode()
    assert "Pompa gang" in north
    assert "keputusan KPU belum dibaca" in north
    assert "Pompa gang" not in Client().get("/neraca/dapil/barat/").content.decode()
    assert Client().get("/neraca/dapil/tengah/").status_code == 404


def test_a_bodys_page_says_what_its_people_verified_and_joined(city: str) -> None:
    group = body_of(city, "contoh-pantau-rob")
    host = speaker(group, "facilitator", "a@example.org")
    soon = timezone.localtime(clock.now()) + timedelta(days=1)
    asking = {
        "action_id": str(uuid4()),
        "body": group.public_id,
        "title": "Kerja bakti",
        "what": "Bersihkan saluran.",
    }
    asking |= {
        "day": soon.date().isoformat(),
        "begins": "07:00",
        "hours": "3",
        "place": "Balai",
        "wanted": "9",
    }
    made_call = host.post("/kerja/ajakan/baru/", asking | {"safety": "Pakai sepatu.", "role": "Ketua RT"})
    assert made_call.status_code == 302, made_call.content.decode()
    code = made_call["Location"].rstrip("/").split("/")[-1]
    other = body_of(city, "contoh-warga-barat")
    Client().post(f"/ajakan/{code}/ikut/", {"token": str(uuid4()), "people": "3", "body": other.public_id})
    page = " ".join(Client().get(f"/neraca/pihak/{other.public_id}/").content.decode().split())
    assert "<dt>Ajakan diikuti</dt><dd>1</dd>" in page
    assert "<dt>Laporan diperiksa</dt><dd>0</dd>" in page
