"""A warning goes out only after two people have approved the same text; its end reaches whom it reached (R-12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client

from rembug.alerts.actions import draft, follow, release
from rembug.alerts.models import Alert, Approval, Delivery, Follower
from rembug.alerts.queries import banner, faces
from rembug.alerts.tests import made
from rembug.alerts.tests.made import DEGAYU, KRAPYAK, ME
from rembug.audit.models import Entry
from rembug.lib.actor import ANONYMOUS
from rembug.lib.errors import Conflict, Invalid, NotAllowed
from rembug.people.models import Body


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """It is noon."""
    with made.at(made.NOON):
        yield


def _follower(city: str, email: str, area: str) -> Follower:
    follow.ask(actor=ANONYMOUS, city=city, email=email, area=area, language="id")
    token = re.findall(r"/peringatan/ikuti/([^/]+)/", str(mail.outbox[-1].body))[0]
    return follow.confirm(actor=ANONYMOUS, city=city, token=token)


def test_r12_one_approval_is_not_enough_and_one_person_is_one(city: str, group: Body) -> None:
    (row,) = made.forecast(city, made.danger())
    made.yes(row, group, "a")
    made.yes(row, group, "a")
    row.refresh_from_db()
    assert (row.state, Approval.objects.count()) == ("draft", 1)
    assert faces.in_force(city) == []
    made.yes(row, group, "b")
    row.refresh_from_db()
    assert row.state == "released"
    assert [face.code for face in faces.in_force(city)] == [row.code]
    assert Entry.objects.filter(verb="alert.released", object_id=row.code).count() == 1


def test_r12_the_end_reaches_everyone_whom_the_warning_reached(city: str, group: Body) -> None:
    stays = _follower(city, "tetap@example.org", DEGAYU)
    moves = _follower(city, "pindah@example.org", DEGAYU)
    _follower(city, "lain@example.org", KRAPYAK)
    row = made.released(city, group, group)
    Follower.objects.filter(pk=moves.pk).update(area_code=KRAPYAK)
    end = draft.follow_up(actor=made.person(group), city=city, code=row.code, kind="cancel")
    made.yes(end, group, "a")
    made.yes(end, group, "b")

    def reached(alert: Alert) -> set[int | None]:
        return set(
            Delivery.objects.filter(alert=alert, channel="email").values_list("follower_id", flat=True)
        )

    assert reached(row) == {stays.pk, moves.pk}
    assert reached(end) == {stays.pk, moves.pk}
    mail.outbox.clear()
    assert follow.deliver(actor=ME) == 4
    assert follow.deliver(actor=ME) == 0
    assert (
        sorted(letter.to[0] for letter in mail.outbox)
        == ["pindah@example.org"] * 2 + ["tetap@example.org"] * 2
    )
    row.refresh_from_db()
    assert row.state == "ended"
    assert faces.in_force(city) == []


def test_a_letter_that_failed_never_comes_after_the_all_clear(
    city: str, group: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    _follower(city, "tetap@example.org", DEGAYU)
    row = made.released(city, group, group)
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", lambda _self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            follow.deliver(actor=ME)
    end = draft.follow_up(actor=made.person(group), city=city, code=row.code, kind="all-clear")
    made.yes(end, group, "a")
    made.yes(end, group, "b")
    mail.outbox.clear()
    assert follow.deliver(actor=ME) == 1
    assert follow.deliver(actor=ME) == 0
    assert ["Sudah aman" in letter.subject for letter in mail.outbox] == [True]


def test_r12_who_saw_the_warning_on_a_page_sees_there_that_it_is_over_until_they_close_it(
    city: str, group: Body, client: Client
) -> None:
    row = made.released(city, group, group)
    end = draft.follow_up(actor=made.person(group), city=city, code=row.code, kind="all-clear")
    made.yes(end, group, "a")
    made.yes(end, group, "b")
    banner.forget()
    home = client.get("/").content.decode()
    assert "Sudah aman: Degayu" in home
    assert row.words["id"]["headline"] not in home
    client.post(f"/peringatan/{end.code}/tutup/", {"next": "/"})
    assert "Sudah aman: Degayu" not in client.get("/").content.decode()
    with made.at("2026-11-26T12:00:00+00:00"):
        banner.forget()
        assert "Sudah aman: Degayu" not in Client().get("/").content.decode()


def test_an_approval_counts_for_the_text_that_was_read(city: str, group: Body) -> None:
    (row,) = made.forecast(city, made.danger())
    made.yes(row, group, "a")
    words = {tongue: dict(texts, headline="Air pasang besok pagi") for tongue, texts in row.words.items()}
    draft.edit(actor=made.person(group, "c"), city=city, code=row.code, revision=1, words=words)
    with pytest.raises(Conflict):
        release.approve(
            actor=made.person(group, "b"), city=city, code=row.code, body=group.public_id, revision=1
        )
    made.yes(row, group, "b")
    row.refresh_from_db()
    assert row.state == "draft"
    with pytest.raises(Conflict):
        draft.edit(actor=made.person(group, "c"), city=city, code=row.code, revision=1, words=row.words)


def test_at_night_only_what_is_grave_goes_out_and_the_rest_waits_for_the_morning(
    city: str, group: Body
) -> None:
    with made.at(made.NIGHT):
        mild = made.released(city, group, group, made.danger(hours=30))
        grave = made.released(city, group, group, made.danger(KRAPYAK, "act", hours=20))
        assert (mild.state, grave.state) == ("approved", "released")
        assert release.release_due(city, actor=ME) == 0
    with made.at("2026-11-26T23:00:00+00:00"):
        assert release.release_due(city, actor=ME) == 1
        assert release.release_due(city, actor=ME) == 0
    mild.refresh_from_db()
    assert mild.state == "released"


def test_a_fourth_new_warning_in_a_day_is_refused_with_a_remedy(city: str, group: Body) -> None:
    areas = [DEGAYU, KRAPYAK, "33.75.03.1003", "33.75.04.1004"]
    for area in areas[:3]:
        assert made.released(city, group, group, made.danger(area)).state == "released"
    row = made.drafted(city, made.danger(areas[3]))
    made.yes(row, group, "a")
    with pytest.raises(Conflict, match="Perbarui yang ada"):
        made.yes(row, group, "b")
    row.refresh_from_db()
    assert (row.state, row.approvals.count()) == ("draft", 1)


def test_only_those_who_may_approve_approve(city: str, group: Body) -> None:
    (row,) = made.forecast(city, made.danger())
    for role in ("member", "verifier", "officer", "facilitator", "administrator"):
        with pytest.raises(NotAllowed):
            release.approve(
                actor=made.person(group, "x", role),
                city=city,
                code=row.code,
                body=group.public_id,
                revision=1,
            )
    with pytest.raises(Invalid):
        release.refuse(actor=made.person(group), city=city, code=row.code, reason="")
    release.refuse(actor=made.person(group), city=city, code=row.code, reason="Gelombang sudah turun.")
    row.refresh_from_db()
    assert row.state == "refused"


def test_ours_is_community_information_until_the_disaster_office_releases_it(
    city: str, group: Body, bpbd: Body, client: Client
) -> None:
    ours = made.released(city, group, group)
    page = client.get(f"/peringatan/{ours.code}/").content.decode()
    assert "Informasi warga, bukan peringatan resmi" in page
    assert not re.search(r"waspada|siaga|awas", page, re.IGNORECASE)
    theirs = made.released(city, group, bpbd, made.danger(KRAPYAK))
    page = client.get(f"/peringatan/{theirs.code}/").content.decode()
    assert "WASPADA" in page
    assert bpbd.name in page
    first = faces.in_force(city)[0]
    assert first.code == theirs.code


def test_what_leaves_our_pages_names_the_exercise_the_speaker_the_end_and_the_certainty(
    city: str, group: Body, client: Client
) -> None:
    _follower(city, "tetap@example.org", DEGAYU)
    row = made.released(city, group, group)
    mail.outbox.clear()
    follow.deliver(actor=ME)
    letter = mail.outbox[0]
    page = client.get(f"/peringatan/{row.code}/").content.decode()
    chat = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert chat is not None
    feed = client.get("/cap/feed.atom").content.decode()
    assert letter.subject.startswith("LATIHAN: ")
    assert chat[1].startswith("*LATIHAN: ")
    assert "<title>LATIHAN: " in feed
    for text in (str(letter.body), chat[1]):
        assert "Informasi warga, bukan peringatan resmi" in text
        assert "Peluang 70%" in text
    assert "Berhenti menerima: http" in str(letter.body)
    for text in (str(letter.body), chat[1]):
        assert "berlaku sampai 27 November 2026 06.00 WIB" in text


def test_every_warning_on_screen_says_how_sure_it_is(city: str, group: Body, client: Client) -> None:
    row = made.released(city, group, group)
    for path in ("/", "/peringatan/"):
        assert "peluang 70%" in client.get(path).content.decode(), path
    Alert.objects.filter(pk=row.pk).update(probability=None, certainty="Likely")
    banner.forget()
    for path in ("/", "/peringatan/"):
        assert "kemungkinan besar" in client.get(path).content.decode(), path
    Alert.objects.filter(pk=row.pk).update(certainty="Unknown")
    banner.forget()
    assert "kepastian tidak disebut" in client.get("/peringatan/").content.decode()


def test_words_of_offices_are_refused_in_our_texts(city: str, group: Body) -> None:
    (row,) = made.forecast(city, made.danger())
    words = {tongue: dict(texts, headline="AWAS banjir") for tongue, texts in row.words.items()}
    with pytest.raises(Invalid, match="hanya untuk peringatan resmi"):
        draft.edit(actor=made.person(group), city=city, code=row.code, revision=1, words=words)


def test_an_expired_warning_leaves_every_page(city: str, group: Body, client: Client) -> None:
    row = made.released(city, group, group)
    with made.at("2026-11-28T05:00:00+00:00"):
        assert release.expire(city, actor=ME) == 1
        assert faces.in_force(city) == []
        assert (
            "Peringatan ini sudah tidak berlaku." in client.get(f"/peringatan/{row.code}/").content.decode()
        )
