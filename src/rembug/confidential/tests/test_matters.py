"""Telling, reading, answering, ending, forgetting."""

from __future__ import annotations

import contextlib
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from PIL import Image

from rembug.audit.models import Entry
from rembug.confidential.actions import talk
from rembug.confidential.actions.forget import forget_due
from rembug.confidential.actions.load import load_confidential
from rembug.confidential.actions.submit import submit
from rembug.confidential.models import Box, Count, Letter, Matter, Wrap
from rembug.confidential.queries import matters
from rembug.confidential.queries.setup import today
from rembug.confidential.rules import receipts
from rembug.confidential.tests.conftest import (
    CITY,
    INSPECTORATE,
    OFFICE,
    OMBUDSMAN,
    TEST,
    WORDS,
    Office,
    found,
    officer,
    tell,
    telling,
)
from rembug.lib.actor import ANONYMOUS
from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from rembug.lib.pack import Pack

pytestmark = pytest.mark.usefixtures("office")


def picture() -> bytes:
    """Return a photo whose metadata name its maker."""
    image, drawer = Image.new("RGB", (64, 64), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "kenari-exif"
    image.save(drawer, "JPEG", exif=exif)
    return drawer.getvalue()


def everything() -> bytes:
    """Return all bytes of the app's tables, as a thief of the database has them."""
    pieces = []
    for model in (Matter, Letter, Wrap, Box, Count):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            pieces += [bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode()
                       for row in cursor.fetchall() for one in row]  # fmt: skip
    return b"\n".join(pieces)


def test_the_reporter_and_the_recipients_read_it_and_the_database_does_not(office: Office) -> None:
    digits = tell(photos=(picture(),))
    mine = matters.for_reporter(found(digits).matter, found(digits).private)
    assert [letter.words for letter in mine.letters] == [WORDS]
    assert mine.photo_count == 1
    for who, held in ((office.first, office.inside), (office.outside, office.over)):
        face = matters.desk(who, CITY, held)[0]
        assert (face.kind, face.letters[0].words) == (mine.kind, WORDS)
        matter = talk.read(actor=who, city=CITY, held=held, code=face.code)
        assert matters.for_recipient(who, matter, held).photos[0].startswith("data:image/jpeg")
    stored = everything()
    for canary in (WORDS, "kenari", "corruption", digits, OFFICE, "kenari-exif", "Exif"):
        assert canary.encode() not in stored, canary


def test_telling_leaves_no_line_in_the_public_log() -> None:
    before = Entry.objects.count()
    digits = tell()
    talk.write_as_reporter(actor=ANONYMOUS, found=found(digits), words="Masih terjadi.", once=uuid4())
    talk.delete_as_reporter(actor=ANONYMOUS, found=found(digits))
    assert Entry.objects.count() == before


def test_the_body_that_it_is_about_gets_no_key_and_its_people_see_nothing(office: Office) -> None:
    tell(accused=INSPECTORATE)
    assert [wrap.box.body.public_id for wrap in Wrap.objects.exclude(box=None)] == [OMBUDSMAN]  # type: ignore[union-attr]
    assert matters.desk(office.first, CITY, office.inside) == []
    assert len(matters.desk(office.outside, CITY, office.over)) == 1


def test_whoever_also_has_a_role_at_that_body_sees_nothing_of_it(office: Office) -> None:
    tell()
    both = officer("FIRST", INSPECTORATE, OFFICE)
    assert matters.desk(both, CITY, office.inside) == []
    code = Matter.objects.get().code
    with pytest.raises(NotFound):
        matters.one(both, CITY, office.inside, code)
    assert matters.one(office.first, CITY, office.inside, code)


def test_when_nobody_may_read_it_nothing_is_taken() -> None:
    Box.objects.exclude(body__public_id=INSPECTORATE).delete()
    with pytest.raises(Invalid, match="pintu lain"):
        tell(accused=INSPECTORATE)
    assert not Matter.objects.exists()


def test_the_same_form_twice_is_one_matter_with_the_same_receipt(office: Office) -> None:
    said = telling(photos=(picture(),), name="Siti")
    first, second = (submit(actor=ANONYMOUS, city=CITY, said=said) for _ in range(2))
    assert first == second
    assert Matter.objects.count() == 1
    assert Letter.objects.count() == 3
    talk.read(actor=office.first, city=CITY, held=office.inside, code=Matter.objects.get().code)
    with pytest.raises(Conflict):
        submit(actor=ANONYMOUS, city=CITY, said=said)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "pothole"}, "kind"),
        ({"words": "pendek"}, "words"),
        ({"words": "x" * 8001}, "words"),
        ({"accused": "nobody"}, "accused"),
        ({"photos": (b"no photo",)}, "photos"),
        ({"photos": (b"x",) * 4}, "photos"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_what_cannot_be_taken_names_its_field_and_leaves_nothing(more: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as told:
        tell(**more)
    assert told.value.faults[0].field == field
    assert not Matter.objects.exists()


def test_both_sides_write_and_each_repeat_is_kept_once(office: Office) -> None:
    digits, once = tell(), uuid4()
    code = Matter.objects.get().code
    for _ in range(2):
        talk.write_as_reporter(actor=ANONYMOUS, found=found(digits), words="Tadi malam lagi.", once=once)
        talk.write(
            actor=office.first, city=CITY, held=office.inside, code=code, words="Di mana?", once=code_once
        )
    face = matters.for_reporter(found(digits).matter, found(digits).private)
    assert [letter.words for letter in face.letters] == [WORDS, "Tadi malam lagi.", "Di mana?"]
    assert face.letters[2].office == "Inspektorat Kota Pekalongan"
    theirs = matters.desk(office.outside, CITY, office.over)[0]
    assert theirs.state == "received"


code_once = uuid4()


def test_the_course_of_a_matter_with_its_reasons(office: Office) -> None:
    digits = tell()
    code = Matter.objects.get().code
    with pytest.raises(Conflict):
        go(office, code, "closed", "Sudah diperiksa di tempat.")
    talk.read(actor=office.first, city=CITY, held=office.inside, code=code)
    assert Matter.objects.get().state == "read"
    go(office, code, "examined", "")
    with pytest.raises(Invalid):
        go(office, code, "closed", "")
    go(office, code, "referred", "Diteruskan kepada penyidik.")
    face = matters.for_reporter(found(digits).matter, found(digits).private)
    assert (face.state, face.letters[-1].state, face.letters[-1].words) == (
        "referred",
        "referred",
        "Diteruskan kepada penyidik.",
    )
    for to in ("received", "nonsense"):
        with pytest.raises(Invalid):
            go(office, code, to, "Alasan yang cukup.")


def go(office: Office, code: str, to: str, words: str) -> None:
    """Move a matter."""
    talk.move(actor=office.first, city=CITY, held=office.inside, code=code, to=to, words=words, once=uuid4())


def test_the_deadline_follows_the_class_of_the_pack_in_working_days() -> None:
    with time_machine.travel("2026-03-17T03:00:00Z", tick=False):
        tell(kind="threat")
    row = Matter.objects.get()
    assert (row.received_on, row.due_on) == (date(2026, 3, 17), date(2026, 4, 14))


def test_only_days_are_kept() -> None:
    tell()
    for model in (Matter, Letter, Wrap, Box):
        kinds = {field.get_internal_type() for field in model._meta.get_fields() if hasattr(field, "column")}
        assert "DateTimeField" not in kinds


def test_wrong_receipts_look_alike_and_are_held_up() -> None:
    digits = tell()
    for typed in ["0000 0000 0000 0000", "nonsense", *["1" * 16] * 8]:
        with pytest.raises(NotFound, match="keenam belas"):
            talk.find(actor=ANONYMOUS, city=CITY, typed=typed, caller="guesser")
    with pytest.raises(TooMany):
        talk.find(actor=ANONYMOUS, city=CITY, typed=digits, caller="guesser")
    assert talk.find(actor=ANONYMOUS, city=CITY, typed=digits, caller="other").matter
    with pytest.raises(NotFound):
        talk.find(actor=ANONYMOUS, city="elsewhere", typed=digits, caller="other")


def test_a_wrong_receipt_costs_the_same_work_as_a_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    digits, real = tell(), receipts.opened
    runs: list[str] = []

    def counted(typed: str, pepper: str, city: str) -> receipts.Opened:
        runs.append(typed)
        return real(typed, pepper, city)

    monkeypatch.setattr(receipts, "opened", counted)
    for typed in (digits, "1" * 16, "no"):
        runs.clear()
        with contextlib.suppress(NotFound):
            found(typed)
        assert len(runs) == 1


def test_content_is_deleted_after_its_days_and_a_count_remains(pack: Pack) -> None:
    days = pack.confidential.retention_days if pack.confidential else 0
    digits = tell()
    assert forget_due(actor=TEST) == 0
    Matter.objects.update(ends_on=today(CITY) + timedelta(days=days))
    with time_machine.travel(Matter.objects.get().ends_on.isoformat() + "T12:00:00Z", tick=False):
        assert forget_due(actor=TEST) == 1
        assert forget_due(actor=TEST) == 0
    assert not any(model.objects.exists() for model in (Matter, Letter, Wrap))
    assert matters.forgotten(CITY) == 1
    with pytest.raises(NotFound):
        found(digits)


def test_each_letter_keeps_the_matter_longer() -> None:
    digits = tell()
    Matter.objects.update(ends_on=date(2020, 1, 1))
    talk.write_as_reporter(actor=ANONYMOUS, found=found(digits), words="Masih.", once=uuid4())
    assert Matter.objects.get().ends_on > date(2026, 1, 1)


def test_the_reporter_deletes_it_at_once() -> None:
    digits = tell(name="Siti Kenari")
    talk.delete_as_reporter(actor=ANONYMOUS, found=found(digits))
    assert not Letter.objects.exists()
    assert matters.forgotten(CITY) == 1


def test_the_pack_is_loaded_once_and_can_be_taken_away(city: str, pack: Pack) -> None:
    assert not load_confidential(actor=TEST, city=city, facts=pack.confidential)
    assert load_confidential(actor=TEST, city=city, facts=None)
    with pytest.raises(NotFound):
        tell()
    with pytest.raises(NotAllowed):
        load_confidential(actor=officer("X", OFFICE), city=city, facts=pack.confidential)
