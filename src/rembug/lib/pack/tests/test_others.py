"""Other systems of a pack: read whole, and every fault told."""

from __future__ import annotations

from pathlib import Path

from rembug.lib.pack import cases_from_json, cases_to_json, read
from rembug.lib.pack.tests.made import PEKALONGAN, copy, faults

GOOD = """
[[open311]]
body = "dinperkim"
endpoint = "https://lampu.example/open311/v2/"
jurisdiction_id = "lampu"
api_key_env = "REMBUG_OPEN311_KEY_LAMPU"
idempotent = true
services = { light = "L1" }
"""


def added(tmp_path: Path, words: str) -> Path:
    folder = copy(tmp_path, PEKALONGAN)
    with (folder / "cases.toml").open("a") as file:
        file.write(words)
    return folder


def test_a_system_is_read_and_survives_the_database(tmp_path: Path) -> None:
    facts = read(added(tmp_path, GOOD)).cases
    assert facts is not None
    (one,) = facts.others
    assert (one.body, one.endpoint, one.repeats) == ("dinperkim", "https://lampu.example/open311/v2", True)
    assert one.services == {"light": "L1"}
    assert cases_from_json(cases_to_json(facts)) == facts


def test_every_fault_is_told(tmp_path: Path) -> None:
    bad = GOOD.replace("dinperkim", "tidak-ada").replace("https://", "ftp://").replace("light =", "lampu =")
    bad = bad.replace(
        "REMBUG_OPEN311_KEY_LAMPU", "SECRET_KEY"
    )  # a pack cannot take another secret of the server
    told = " ".join(str(one) for one in faults(added(tmp_path, bad + GOOD + GOOD)))
    for words in (
        "tidak-ada",
        "no address",
        "'lampu' is not in",
        "'SECRET_KEY' is no name",
        "stands here twice",
    ):
        assert words in told


def test_faults_of_a_channel_are_told_and_its_columns_keep_their_order(tmp_path: Path) -> None:
    bad = """
[[channel]]
code = "sp4n"
columns = { nomor = "No" }
categories = { "Lampu" = "lampu" }
export = { "No" = "nomor" }
"""
    told = " ".join(str(one) for one in faults(added(tmp_path, bad)))
    for words in ("stands here twice", "'nomor' is no field", "no column is the number", "'lampu' is not in"):
        assert words in told
    facts = read(PEKALONGAN).cases
    assert facts is not None
    assert [heading for heading, _ in facts.channels[1].export][:2] == ["Kode Aduan", "Status"]
    assert cases_from_json(cases_to_json(facts)) == facts
