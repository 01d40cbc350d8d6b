"""The OpenAPI document is true: every address is in it, and every answer is as it says."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client

from rembug.api.v1 import urls
from rembug.api.v1.openapi import document
from rembug.api.v1.tests.conftest import Phone, judge, said
from rembug.audit import actions as audit
from rembug.lib.actor import system

DOCUMENT = document("http://testserver")


def schema_of(address: str, method: str, answer: Any) -> dict[str, Any]:
    """Return the schema that the document gives for this answer; fail when it does not name it."""
    responses = DOCUMENT["paths"][address][method]["responses"]
    response = responses[str(answer.status_code)]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    kind = answer["Content-Type"].split(";")[0]
    schema: dict[str, Any] = response["content"][kind]["schema"]
    return schema


def conforms(address: str, method: str, answer: Any) -> None:
    """Check an answer against the document."""
    schema = schema_of(address, method, answer)
    content = b"".join(answer) if answer.streaming else answer.content
    value = json.loads(content) if "json" in answer["Content-Type"] else content.decode()
    root = {**schema, "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(root).validate(value)


def test_every_address_of_the_interface_is_described_and_no_other() -> None:
    real = {"/api/v1/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(path.pattern)) for path in urls.urlpatterns}
    assert set(DOCUMENT["paths"]) == real


def test_every_reference_leads_somewhere_and_names_are_unique() -> None:
    for kind, name in re.findall(r'"#/components/(\w+)/(\w+)"', json.dumps(DOCUMENT)):
        assert name in DOCUMENT["components"][kind]
    operations = [one["operationId"] for path in DOCUMENT["paths"].values() for one in path.values()]
    assert len(operations) == len(set(operations))


def test_the_document_itself_is_served(client: Client, db: None) -> None:  # noqa: ARG001
    answer = client.get("/api/v1/openapi.json")
    assert said(answer)["openapi"] == "3.1.0"
    conforms("/api/v1/openapi.json", "get", answer)


def test_the_example_of_a_report_is_taken(phone: Phone) -> None:
    body = DOCUMENT["paths"]["/api/v1/reports"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    answer = phone.send(
        json.dumps(body["examples"][0]), {"Idempotency-Key": "01990000-0000-7000-8000-00000000000b"}
    )
    assert answer.status_code == 201
    conforms("/api/v1/reports", "post", answer)


def test_every_answer_is_as_the_document_says(phone: Phone, client: Client) -> None:
    call_command("water", "forecast", stdout=StringIO())
    receipt = said(phone.post("01990000-0000-7000-8000-00000000000c", text="Air rob."))
    phone.post(category="light", depth_class="", setting="", lon=109.69)
    judge()
    audit.sequence(actor=system("test"))
    for address in DOCUMENT["paths"]:
        if "get" in DOCUMENT["paths"][address]:
            query = {"/api/v1/log/proof/consistency": "?from=1&to=2"}.get(address, "")
            if address.endswith("inclusion"):
                query = f"?hash={receipt['log_entry']}"
            answer = client.get(address + query)
            assert answer.status_code == 200, address
            conforms(address, "get", answer)
            wrong = client.get(f"{address}?bbox=1&after=x&hash=0&index=x&from=x")
            if wrong.status_code != 200:
                conforms(address, "get", wrong)
    photo = f"/api/v1/reports/{receipt['code']}/photos/01990000-0000-7000-8000-00000000000d"
    for body, token in (
        (b"\xff\xd8\xff\xe0", receipt["receipt_token"]),
        (b"no photo", receipt["receipt_token"]),
        (b"", "x"),
    ):
        answer = client.put(photo, body, content_type="image/jpeg", headers={"X-Receipt-Token": token})
        conforms("/api/v1/reports/{code}/photos/{client_id}", "put", answer)
    for answer in (
        phone.post("01990000-0000-7000-8000-00000000000c", text="Air rob."),
        phone.post(depth_class="x"),
        phone.post("x"),
    ):
        conforms("/api/v1/reports", "post", answer)


@pytest.mark.parametrize("member", ["depth_class", "located_by", "since", "language"])
def test_choices_in_the_document_are_those_of_the_rules(member: str, phone: Phone) -> None:
    body = DOCUMENT["paths"]["/api/v1/reports"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    words = said(phone.post(None, None, **{member: "nonsense"}))["errors"][0]["message"]
    named = words.removeprefix("Pilih salah satu: ").rstrip(".").split(", ")
    assert [choice for choice in body["properties"][member]["enum"] if choice] == named
