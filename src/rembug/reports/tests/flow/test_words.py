"""What the flow says: short sentences, three languages (U-05)."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client

LOCALE = Path(__file__).parents[2] / "locale"


def sentences(language: str) -> list[str]:
    with (LOCALE / language / "LC_MESSAGES" / "flow.po").open("rb") as file:
        said = [row.id if isinstance(row.id, str) else row.id[0] for row in read_po(file) if row.id]
    plain = [re.sub(r"<[^>]+>|%\(\w+\)s|#", "x", text) for text in said]
    return [one for text in plain for one in re.split(r"(?<=[.?!:])\s+", text) if one]


def test_no_sentence_is_longer_than_twelve_words() -> None:
    assert [one for one in sentences("en") if len(one.split()) > 12] == []


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("tongue", "words"),
    [("id", "Apa yang Anda lihat?"), ("en", "What do you see?"), ("jv", "Apa sing sampeyan deleng?")],
)
def test_the_first_question_in_three_languages(client: Client, tongue: str, words: str) -> None:
    client.cookies["language"] = tongue
    page = client.get("/lapor/").content.decode()
    assert words in page
    assert f'<html lang="{tongue}"' in page


@pytest.mark.usefixtures("city")
def test_javanese_says_that_no_speaker_has_checked_it_yet(client: Client) -> None:
    said = {}
    for tongue in ("id", "en", "jv"):
        client.cookies["language"] = tongue
        said[tongue] = "Durung dipriksa penutur." in client.get("/lapor/").content.decode()
    assert said == {"id": False, "en": False, "jv": True}
