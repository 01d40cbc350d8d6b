"""`POST /api/v1/reports`: keys, repeats, faults."""

from __future__ import annotations

import json
import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from rembug.api.v1.tests.conftest import ROB, Phone, load, said
from rembug.reports.models import Refusal, Report

KEY = "01990000-0000-7000-8000-000000000001"


def test_a_report_is_stored_and_answered_with_its_receipt(phone: Phone) -> None:
    answer = phone.post(KEY)
    report = Report.objects.get()
    assert answer.status_code == 201
    assert said(answer)["code"] == report.code
    assert answer["Location"] == f"/laporan/{report.code}/"
    assert (str(report.client_id), report.channel, report.depth_class) == (KEY, "api", "knee")


def test_a_second_send_of_the_same_report_is_the_same_report(phone: Phone) -> None:
    first, second = phone.post(KEY), phone.post(KEY)
    assert (first.status_code, second.status_code) == (201, 200)
    assert said(first) == said(second)
    assert Report.objects.count() == 1


def test_the_key_with_other_words_is_refused_and_the_first_report_stays(phone: Phone) -> None:
    phone.post(KEY)
    answer = phone.post(KEY, depth_class="chest")
    assert (answer.status_code, said(answer)["code"]) == (422, "key-reused")
    assert Report.objects.get().depth_class == "knee"


@pytest.mark.parametrize(
    ("key", "code"), [("", "key-missing"), ("abc", "malformed"), ("1" * 300, "malformed")]
)
def test_a_key_that_is_missing_or_no_uuid_is_told_so(phone: Phone, key: str, code: str) -> None:
    answer = phone.send(json.dumps(ROB), {"Idempotency-Key": key})
    assert (answer.status_code, said(answer)["code"]) == (400, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert Report.objects.count() == 0


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"rob"', b"\xff\xfe", "1" * 5000, "[" * 2000])
def test_a_body_that_is_no_report_is_told_so(phone: Phone, body: str | bytes) -> None:
    answer = phone.send(body, {"Idempotency-Key": KEY})
    assert (answer.status_code, said(answer)["code"]) == (422, "invalid")


def test_every_fault_is_named_at_once(phone: Phone) -> None:
    answer = phone.post(depth_class="deep", lat=-95, text="a" * 2001, since="later")
    fields = {fault["field"] for fault in said(answer)["errors"]}
    assert answer.status_code == 422
    assert fields == {"depth_class", "lon", "text", "since"}


def test_faults_are_told_in_the_language_of_the_reader(phone: Phone) -> None:
    english = said(phone.post(head={"Accept-Language": "en"}, depth_class="deep"))
    indonesian = said(phone.post(depth_class="deep"))
    assert english["title"] == "The input is not right yet"
    assert english["errors"][0]["message"].startswith("Choose one of: dry, ankle")
    assert indonesian["errors"][0]["message"].startswith("Pilih salah satu: dry, ankle")
    assert english["code"] == indonesian["code"] == "invalid"


def test_a_body_that_is_too_large_is_refused_before_it_is_read(phone: Phone) -> None:
    answer = phone.post(text="a" * 20_000)
    assert (answer.status_code, said(answer)["code"]) == (413, "too-large")


def test_a_refused_report_is_counted_with_its_reason(phone: Phone) -> None:
    phone.post(depth_class="deep")
    phone.post(depth_class="deep")
    refusal = Refusal.objects.get()
    assert (refusal.channel, refusal.reason, refusal.count) == ("api", "invalid", 2)


def test_what_is_refused_at_the_door_is_counted_too(phone: Phone) -> None:
    phone.send("{", {"Idempotency-Key": KEY})
    phone.send("{}", {})
    phone.post(text="a" * 20_000)
    reasons = {row.reason: row.count for row in Refusal.objects.all()}
    assert reasons == {"invalid": 1, "key-missing": 1, "too-large": 1}


@pytest.mark.parametrize("name", ["nowhere", "x" * 300, "a\x00b"])
def test_a_made_up_city_is_refused_and_not_written_down(name: str, phone: Phone) -> None:
    answer = phone.post(city=name)
    assert answer.status_code in {404, 422}
    assert Refusal.objects.get().city == ""


def test_an_unknown_address_is_a_problem_document_too(client: Client, city: str) -> None:  # noqa: ARG001
    answer = client.get("/api/v1/nothing", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "openapi.json" in said(answer)["detail"]
    assert int(answer["Content-Length"]) == len(answer.content)


def test_a_wrong_method_names_the_right_ones(client: Client, city: str) -> None:  # noqa: ARG001
    answer = client.delete("/api/v1/reports")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
    assert said(answer)["code"] == "method-not-allowed"


@pytest.mark.django_db(transaction=True)
def test_the_same_report_twice_at_the_same_moment_is_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; tests/faults asks it with processes")
    load(monkeypatch)
    for _ in range(5):
        key, gate = str(uuid4()), threading.Barrier(4)
        answers: list[int] = []

        def send(key: str = key, answers: list[int] = answers, gate: threading.Barrier = gate) -> None:
            gate.wait()
            answers.append(Phone(Client()).post(key).status_code)
            connection.close()

        threads = [threading.Thread(target=send) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert max(set(answers) - {503}) == 201
        assert answers.count(201) == 1
        assert set(answers) <= {200, 201, 503}
        assert Report.objects.filter(client_id=key).count() == 1
