"""The report flow as plain pages: no script, no account, no typing, at most five taps."""

import pytest
from django.conf import settings
from django.test import Client

from rembug.lib import clock
from rembug.reports.models import Incident, Report
from rembug.reports.tests.flow.walker import Walker

WARD = "99.01.01.1001"


def to_review(walker: Walker, depth: str = "knee") -> Walker:
    return (
        walker.press("category", "rob")
        .press("depth_class", depth)
        .press("since", "now")
        .press("area_code", WARD)
    )


def test_rob_takes_five_taps_and_no_typing(walker: Walker) -> None:
    answer = to_review(walker).send()
    assert walker.taps == 5
    assert answer.status_code == 302
    assert answer["Location"].startswith("/r/")
    report = Report.objects.get()
    assert (report.category, report.depth_class, report.since, report.setting) == (
        "rob",
        "knee",
        "now",
        "street",
    )
    assert (report.depth_low_cm, report.depth_high_cm) == (31, 50)
    assert (report.area_code, report.located_by, report.channel) == (WARD, "area", "web")


def test_a_page_that_was_open_too_long_keeps_every_answer_and_word(walker: Walker) -> None:
    walker = to_review(Walker(Client(enforce_csrf_checks=True)))
    walker.client.cookies.clear()  # the phone forgot its cookies, or they ran out
    walker.open(walker.send(text="Air <naik> sejak subuh", signed_name="Sri"))
    assert walker.response.status_code == 403
    assert "Isian Anda masih di sini. Tekan sekali lagi." in walker.text()
    assert walker.heading() == "Periksa, lalu kirim"
    assert Report.objects.count() == 0
    assert walker.send().status_code == 302
    report = Report.objects.get()
    assert (report.text, report.signed_name, report.depth_class) == ("Air <naik> sejak subuh", "Sri", "knee")


def test_a_page_that_nobody_wrote_begins_at_the_first_question(walker: Walker) -> None:
    strict = Client(enforce_csrf_checks=True)
    walker.open(strict.post("/lapor/", {"step": "review", "draft": "made-up", "send": "1", "text": "x"}))
    assert walker.response.status_code == 403
    assert walker.heading() == "Apa yang Anda lihat?"
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
)
def test_what_another_site_sends_is_not_shown_as_a_report_of_this_person(
    walker: Walker, said: dict[str, str]
) -> None:
    draft = to_review(walker).form.cssselect("input[name=draft]")[0].get("value")
    form = {"step": "review", "draft": draft, "text": "Kata orang lain", "send": "1"}
    strict = Client(enforce_csrf_checks=True)  # its cookies are Lax: the browser held them back
    answer = strict.post("/lapor/", form, headers=said)
    assert answer.status_code == 403
    assert "Kata orang lain" not in answer.content.decode()
    assert "Tekan sekali lagi" not in answer.content.decode()
    assert settings.DEVICE_COOKIE_NAME not in answer.cookies


@pytest.mark.usefixtures("walker")
def test_a_refused_answer_names_no_other_phone() -> None:
    strict = to_review(Walker(Client(enforce_csrf_checks=True)))
    strict.client.cookies.clear()
    strict.open(strict.send())
    assert strict.response.status_code == 403
    assert settings.DEVICE_COOKIE_NAME not in strict.response.cookies
    strict.send()
    assert settings.DEVICE_COOKIE_NAME in strict.client.cookies


def test_dry_here_is_a_report_in_four_taps(walker: Walker) -> None:
    walker.press("category", "rob").press("depth_class", "dry").press("area_code", WARD).send()
    report = Report.objects.get()
    assert walker.taps == 4
    assert (report.claim, report.depth_class, report.since) == ("absent", "dry", "")


def test_112_stands_first_on_every_page_of_rob(walker: Walker) -> None:
    for name, value in [("category", "rob"), ("depth_class", "waist"), ("since", "now"), ("area_code", WARD)]:
        walker.press(name, value)
        first = walker.form.cssselect("p")[0]
        assert first.get("hidden") is None
        assert first.cssselect("a")[0].get("href") == "tel:112"


def test_another_category_asks_its_own_closed_questions(walker: Walker) -> None:
    walker.press("category", "light")
    assert "Apa yang rusak?" in walker.text()
    walker.press("go", q_kind="fallen").press("area_code", WARD).send()
    report = Report.objects.get()
    assert report.answers == {"kind": "fallen"}
    assert report.depth_class == ""


def test_a_required_answer_is_asked_for_again(walker: Walker) -> None:
    walker.press("category", "light").press("go")
    assert walker.response.status_code == 422
    assert "Pilih satu jawaban." in walker.text()


def test_two_taps_on_the_picture_are_a_place(walker: Walker) -> None:
    walker.press("category", "rob").press("depth_class", "calf").press("since", "morning")
    walker.tap_map(60, 140)
    assert "wilayah=99.01.01.1001" in walker.page.cssselect("input[type=image]")[0].get("src")
    walker.tap_map(140, 140).send()
    report = Report.objects.get()
    assert report.located_by == "map"
    assert abs(report.lon - 109.67) < 0.0005
    assert abs(report.lat + 6.88) < 0.0005


def test_a_kelurahan_that_a_page_named_is_offered_first(walker: Walker) -> None:
    walker.open(walker.client.get("/lapor/?wilayah=99.01.01.1001"))
    walker.press("category", "rob").press("depth_class", "calf").press("since", "morning")
    assert "wilayah=99.01.01.1001" in walker.page.cssselect("input[type=image]")[0].get("src")
    walker.tap_map(140, 140).send()
    assert (Report.objects.get().located_by, Report.objects.get().area_code) == ("map", "99.01.01.1001")


def test_a_kelurahan_that_nobody_knows_changes_nothing(walker: Walker) -> None:
    walker.open(walker.client.get("/lapor/?wilayah=11.11"))
    walker.press("category", "rob").press("depth_class", "calf").press("since", "morning")
    assert "wilayah" not in walker.page.cssselect("input[type=image]")[0].get("src")


def test_a_keyboard_on_the_picture_is_told_what_to_do(walker: Walker) -> None:
    walker.press("category", "rob").press("depth_class", "calf").press("since", "now").tap_map(0, 0)
    assert "Atau pilih kelurahan." in walker.text()


def test_a_tap_outside_the_city_is_told_so(walker: Walker) -> None:
    walker.press("category", "rob").press("depth_class", "calf").press("since", "now").tap_map(5, 5)
    assert "di luar kota" in walker.text()


def test_a_known_landmark_gives_its_own_point(walker: Walker) -> None:
    walker.press("category", "rob").press("depth_class", "knee").press("since", "now")
    walker.press("area_code", WARD, landmark="masjid besar").send()
    report = Report.objects.get()
    assert (report.lon, report.lat) == (109.671, -6.879)
    assert report.landmark == "masjid besar"


def test_nothing_typed_is_lost_on_a_fault(walker: Walker) -> None:
    to_review(walker).send(text="Depan pasar. " * 60, signed_name="Bu Siti")
    assert walker.response.status_code == 422
    assert "Pendekkan sedikit." in walker.text()
    assert walker.fields()["text"].startswith("Depan pasar.")
    assert walker.fields()["signed_name"] == "Bu Siti"
    assert Report.objects.count() == 0


def test_going_back_keeps_the_words_and_comes_forward_again(walker: Walker) -> None:
    to_review(walker).press("back", text="Air masuk gang")
    assert walker.heading() == "Di mana?"
    walker.press("area_code", "99.01.01.1002")
    assert walker.fields()["text"] == "Air masuk gang"
    walker.send()
    assert Report.objects.get().area_code == "99.01.01.1002"


def test_sending_the_same_page_twice_is_one_report_and_one_receipt(walker: Walker) -> None:
    to_review(walker)
    first, second = walker.send(), walker.send()
    assert Report.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_the_last_page_shows_what_will_be_public(walker: Walker) -> None:
    to_review(walker)
    text = walker.text()
    assert "Yang dilihat semua orang" in text
    assert "selutut (31–50 cm)" in text
    assert "Kelurahan Pasirlor" in text
    assert "warga, tanpa nama" in text


def test_a_home_is_shown_only_roughly(walker: Walker) -> None:
    walker.press("category", "rob").press("depth_class", "ankle").press("since", "now", setting="house")
    walker.press("area_code", WARD, landmark="Gang 3 rumah hijau")
    assert "Titik rumah disamarkan." in walker.text()
    assert "rumah hijau" not in walker.page.cssselect("[data-public]")[0].text_content()


@pytest.mark.parametrize("words", ["Anak TENGGELAM di kali", "ana sing kelelep"])
def test_emergency_words_show_112_before_sending(walker: Walker, words: str) -> None:
    """L-06."""
    to_review(walker).send(text=words)
    banner = walker.page.cssselect("[data-emergency]")[0]
    assert banner.get("hidden") is None
    assert banner.cssselect("a")[0].get("href") == "tel:112"
    assert Report.objects.count() == 0
    assert walker.send(text=words).status_code == 302
    assert Report.objects.get().text == words


@pytest.mark.usefixtures("city")
def test_a_page_from_another_time_begins_again_and_says_so(client: Client) -> None:
    answer = client.post("/lapor/", {"step": "review", "draft": "nonsense"})
    assert "Mulai lagi dari sini." in answer.content.decode()


@pytest.mark.usefixtures("city")
def test_a_link_may_name_the_category(client: Client) -> None:
    assert Walker(client, "/lapor/?hal=rob").heading() == "Seberapa dalam airnya?"


def test_a_private_report_stays_with_the_handlers(walker: Walker) -> None:
    to_review(walker).press("check", visibility="private")
    assert "Hanya dibaca petugas" in walker.text()
    walker.send()
    assert Report.objects.get().visibility == "private"


@pytest.mark.usefixtures("city")
def test_i_see_it_too_begins_with_the_kind_of_that_happening(client: Client) -> None:
    now = clock.now()
    Incident.objects.create(
        city="kotakecil", category="rob", code="SAMA12345", anchor_id=1, started_at=now, last_at=now,
        changed_at=now, public_lon=109.67, public_lat=-6.88, is_public=True,
    )  # fmt: skip
    assert Walker(client, "/lapor/?kejadian=SAMA12345").heading() == "Seberapa dalam airnya?"
    assert Walker(client, "/lapor/?kejadian=TIDAKADA1").heading() == "Apa yang Anda lihat?"
