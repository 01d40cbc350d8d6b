"""The checker finds a good server good, and each planted fault by the check that it belongs to."""

from __future__ import annotations

import json

import pytest

from open311_check.cli import main
from open311_check.tests.small_city import KEY, serving

PLANTED = {
    "no_discovery": "D1",
    "contact": "D1",
    "root_key": "D1",
    "xml_down": "D2",
    "xml_type": "G1",
    "naive": "G2",
    "empty": "G3",
    "differs": "G4",
    "extra": "G5",
    "type": "S1",
    "orders": "S2",
    "unknown_service": "S3",
    "jurisdiction": "S4",
    "both": "P1",
    "anywhere": "P2",
    "address": "P3",
    "unknown_post": "P4",
    "keys": "P5",
    "attributes": "P6",
    "long": "P7",
    "trim": "P8",
    "one_error": "P9",
    "window": "R1",
    "span": "R2",
    "exclusive": "R2",
    "status": "R3",
    "filters": "R4",
    "single": "R5",
    "undated": "R6",
    "email": "R7",
    "number": "R8",
    "token": "T1",
    "page": "E1",
    "columns": "X3",
}
POST = ("--post", "--api-key", KEY, "--wait", "0", "--address", "Jalan Merak 1")


def findings(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, str], str]:
    code = main([*words, "--json"])
    said = capsys.readouterr().out
    return code, {one["id"]: one["verdict"] for one in json.loads(said)["checks"]}, said


def test_a_good_server_fails_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as url:
        code, found, said = findings(capsys, url, *POST, "--limit-ms", "10000")
    assert (code, [one for one, verdict in found.items() if verdict == "fail"]) == (0, []), said
    assert len(found) == 35
    assert {one for one, verdict in found.items() if verdict == "skipped"} == {"X1", "X2"}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(fault) as url:
        code, found, _ = findings(capsys, url, *POST, "--only", PLANTED[fault])
    assert (code, found) == (1, {PLANTED[fault]: "fail"})


def test_a_server_that_is_too_slow_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as url:
        assert findings(capsys, url, "--only", "L1", "--limit-ms", "0.001")[:2] == (1, {"L1": "fail"})


def test_nothing_is_written_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with serving("keys") as url:
        code, found, said = findings(capsys, url)
    assert code == 0
    assert {found[f"P{number}"] for number in range(1, 11)} == {"skipped"}
    assert "POST" not in said
    assert json.loads(said)["written"] == []


def test_the_report_says_what_was_asked_found_and_how_to_mend_it(capsys: pytest.CaptureFixture[str]) -> None:
    with serving("xml_type", "contact") as url:
        assert main([url + "/discovery.xml", "--format", "xml", "--only", "d1,g1,p1"]) == 1
    said = capsys.readouterr().out
    for words in ("FAIL    G1", f"asked  GET {url}/discovery.xml", "found  Content-Type 'application/xml'"):
        assert words in said
    assert "mend   answer with 'text/xml; charset=utf-8'" in said
    assert "because nothing is written unless --post is given" in said
    assert said.endswith("3 checks: 0 passed, 2 failed, 1 skipped\n")
    assert "limit" not in said


def test_what_cannot_be_asked_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["http://127.0.0.1:9/v2", "--timeout", "2"]) == 2
    assert "could not be asked" in capsys.readouterr().out
    for words in (
        ["ftp://x"],
        ["http://x", "--post"],
        ["http://x", "--only", "Z9"],
        ["http://x", "--place", "1"],
    ):
        with pytest.raises(SystemExit) as left:
            main(words)
        assert left.value.code == 2
