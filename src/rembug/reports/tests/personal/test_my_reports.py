"""L-08: I get everything about me; when I ask to be forgotten, statistics and proofs stay."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as live
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.models import Count
from django.db.models.functions import TruncHour

from rembug.audit import actions as audit
from rembug.audit import queries as log
from rembug.audit.models import Entry
from rembug.audit.rules import tree
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import KeyReused, NotFound
from rembug.people import actions as people
from rembug.people import queries as people_queries
from rembug.people.tests.town import make_person
from rembug.reports.actions import own, personal
from rembug.reports.actions.process import make_ready
from rembug.reports.actions.receive import receive_one
from rembug.reports.actions.vote import vote
from rembug.reports.models import Correction, Incident, Photo, Report, SpentProof, Vote
from rembug.reports.queries.public.area import area_page
from rembug.reports.queries.receipt import receipt
from rembug.reports.rules.submission import Receipt, Submission
from rembug.reports.tests.personal.conftest import MINE, OTHER, WORKER, add_photo, judge

Say = Callable[..., Receipt]
WORDS = {"text": "Air masuk rumah Bu Tumini, 0812-3456-7890", "landmark": "sebelah warung Tumini"}


def count() -> list[Any]:
    """Count reports as statistics do: by category, area, depth and hour."""
    hours = Report.objects.annotate(hour=TruncHour("observed_at"))
    rows = hours.values_list("city", "category", "claim", "area_code", "depth_class", "hour")
    return sorted(rows.annotate(n=Count("id")).order_by())


def test_l_08_the_copy_has_everything_about_me_and_nothing_about_others(say: Say) -> None:
    mine = say(MINE, **WORDS)
    theirs = say(OTHER, text="Rumah Pak Slamet juga kena")
    own.correct(actor=MINE, token=mine.token, words="Sekarang sepaha.")
    name = add_photo(mine.code)
    add_photo(theirs.code)
    found = people_queries.my_data(MINE)
    text = json.dumps(found)
    reports: Any = found["reports"]
    assert [row["code"] for row in reports] == [mine.code]
    assert reports[0]["text"] == WORDS["text"]
    assert reports[0]["corrections"][0]["words"] == "Sekarang sepaha."
    assert reports[0]["photos"][0]["file"] == name
    assert (reports[0]["lon"], reports[0]["lat"]) == (109.6713, -6.8787)
    assert theirs.code not in text
    assert "Slamet" not in text


def test_an_officer_gets_their_own_acts_and_not_the_reports_they_typed_in_for_others(say: Say) -> None:
    person = make_person("sri@example.org")
    officer = Actor(person.public_id, "person", person_id=person.pk)
    typed = say(officer, channel="operator", foreign_ref="LA-17", text="Warga menulis lewat WhatsApp")
    found: Any = people_queries.my_data(officer)
    assert found["reports"] == []
    assert [row["report"] for row in found["office"]["entered"]] == [typed.code]
    assert "WhatsApp" not in json.dumps(found)
    people.erase_person(actor=officer)
    assert Report.objects.get(code=typed.code).text == "Warga menulis lewat WhatsApp"


def test_l_08_nothing_of_me_is_left_and_the_numbers_of_the_city_stay(say: Say) -> None:
    mine = say(MINE, signed_name="Tumini", **WORDS)
    say(OTHER)
    judge()
    own.correct(actor=MINE, token=mine.token, words="Tumini lagi")
    before = count()
    days = area_page("kotakecil", "pasirlor").days
    old = Report.objects.get(code=mine.code)
    people.erase_person(actor=MINE)
    assert count() == before
    judge()
    assert count() == before
    assert area_page("kotakecil", "pasirlor").days == days
    new = Report.objects.get(code=mine.code)
    kept = json.dumps(Report.objects.filter(pk=new.pk).values().get(), default=str)
    for trace in ("Tumini", "0812", old.source, old.receipt_hash, old.payload_hash, "109.6713", "6.8787"):
        assert trace not in kept
    assert bytes(new.salt) == b""
    assert (new.state, new.observed_at.minute, new.observed_at.second) == ("erased", 0, 0)
    assert not Correction.objects.exists()


def test_l_08_the_log_stays_whole_and_the_old_proof_still_holds(say: Say) -> None:
    mine = say(MINE, **WORDS)
    judge()
    audit.sequence(actor=WORKER)
    audit.checkpoint(actor=WORKER)
    entry = Entry.objects.get(leaf_hash=mine.entry_hash)
    assert entry.leaf_index is not None
    proof = log.inclusion_proof(entry.leaf_index)
    people.erase_person(actor=MINE)
    judge()
    audit.sequence(actor=WORKER)
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert out.getvalue().startswith("sound: ")
    steps = [bytes.fromhex(step) for step in proof["proof"]]
    leaf, root = bytes.fromhex(mine.entry_hash), bytes.fromhex(proof["root"])
    assert tree.includes(leaf, proof["leaf_index"], proof["size"], steps, root)
    assert log.receipt(mine.entry_hash)["leaf_index"] == entry.leaf_index
    assert log.consistency_proof(proof["size"], log.size())["from_root"] == proof["root"]
    assert Entry.objects.get(verb="report.erased").object_id == mine.code


def test_photos_and_their_files_are_gone(say: Say, django_capture_on_commit_callbacks: Any) -> None:
    mine, other = say(MINE), say(OTHER)
    name, kept = add_photo(mine.code), add_photo(other.code)
    with django_capture_on_commit_callbacks(execute=True):
        people.erase_person(actor=MINE)
    assert [*Photo.objects.values_list("name", flat=True)] == [kept]
    assert not [key for key in personal.files_of(name) if default_storage.exists(key)]
    assert default_storage.exists(f"photos/{kept}-240.jpg")


def test_files_that_a_crash_left_behind_are_deleted_by_the_next_run(say: Say) -> None:
    name = add_photo(say(MINE).code)
    personal.erase(actor=MINE)  # and no word after the commit
    assert Photo.objects.get().phash == ""
    assert personal.delete_files(actor=WORKER) == 1
    assert not default_storage.exists(f"photos/{name}-1600.jpg")
    assert not Photo.objects.exists()


def test_forgetting_again_changes_nothing(say: Say) -> None:
    say(MINE)
    assert personal.erase(actor=MINE) == 1
    before = list(Report.objects.values())
    assert personal.erase(actor=MINE) == 0
    assert list(Report.objects.values()) == before
    assert people_queries.my_data(MINE)["reports"] == []


def test_the_receipt_leads_nowhere_and_a_phone_that_sends_again_brings_nothing_back(say: Say) -> None:
    mine = say(MINE)
    key = Report.objects.get().client_id
    personal.erase(actor=MINE)
    with pytest.raises(NotFound):
        receipt(mine.token)
    again = Submission(
        client_id=key, city="kotakecil", category="rob", lon=109.6713, lat=-6.8787, located_by="gps"
    )
    with pytest.raises(KeyReused):
        receive_one(again, actor=MINE)
    assert Report.objects.count() == 1


def test_my_vote_stays_a_voice_but_nobodys(say: Say) -> None:
    say(OTHER)
    judge()
    incident = Incident.objects.get()
    vote(actor=MINE, incident=incident.code, value=1, secret=live.SECRET_KEY)
    source = Vote.objects.get().source
    mine: Any = people_queries.my_data(MINE)["votes"]
    assert mine[0]["incident"] == incident.code
    personal.erase(actor=MINE)
    assert Vote.objects.get().value == 1
    assert Vote.objects.get().source != source
    assert people_queries.my_data(MINE)["votes"] == []


def test_who_is_forgotten_while_the_report_is_made_ready_does_not_get_the_words_back(say: Say) -> None:
    say(MINE, **WORDS)
    read_before = list(Report.objects.all())
    personal.erase(actor=MINE)
    make_ready(read_before)
    assert Report.objects.get().text_public == ""


def test_a_stranger_has_nothing_to_export_and_forgets_nobody(say: Say) -> None:
    say(Actor("anonymous", "anonymous"))
    stranger = Actor("anonymous", "anonymous")
    assert personal.erase(actor=stranger) == 0
    assert people_queries.my_data(stranger)["reports"] == []
    assert Report.objects.get().state == "active"


def test_used_proofs_of_work_are_forgotten_when_nobody_can_use_them_again() -> None:
    now = clock.now()
    for hours in (-30, 1):
        at = now + timedelta(hours=hours)
        SpentProof.objects.create(fingerprint=f"{hours}", source="", spent_at=now, expires_at=at)
    assert personal.forget_spent_proofs(actor=WORKER) == 1
    assert SpentProof.objects.get().fingerprint == "1"
