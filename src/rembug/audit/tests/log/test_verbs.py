"""Every verb that the platform writes has a sentence that a reader understands."""

import ast
import re
from pathlib import Path

import rembug
from rembug.audit.rules import verbs

VERB = re.compile(r"[a-z]+([_-][a-z]+)*\.[a-z]+([_-][a-z]+)*")
SOURCE = Path(rembug.__file__).parent


def written(file: Path) -> set[str]:
    """Return what looks like a verb in a module that writes to the log, without the names of system actors."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    sources = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    if not sources & {"rembug.audit", "rembug.audit.actions"} or "actions" not in file.parts:
        return set()
    actors = {
        arg.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "system"
        for arg in call.args
        if isinstance(arg, ast.Constant)
    }
    texts = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return {
        text
        for text in texts - actors
        if VERB.fullmatch(text) and not text.endswith((".toml", ".csv", ".json"))
    }


def test_every_verb_in_the_source_has_its_sentence() -> None:
    missing = {
        verb: str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if "tests" not in file.parts
        for verb in written(file)
        if verb not in verbs.VERBS
    }
    assert not missing, f"say in audit/rules/verbs.py what these mean: {missing}"


def test_sentences_are_short_and_in_both_languages() -> None:
    for verb, said in verbs.VERBS.items():
        assert len(said.indonesian.split()) <= 12, verb
        assert len(said.english.split()) <= 12, verb
        assert verbs.sentence(verb, "id") != verbs.sentence(verb, "en")


def test_an_unknown_verb_can_still_be_read() -> None:
    assert verbs.sentence("pump.switched_on", "id") == "Pump: switched on"
    assert verbs.kind("water_level", "en") == "Water level"
    assert verbs.address("water_level", "x") == ""


def test_who_acted_is_said_without_a_name() -> None:
    assert verbs.who("anonymous", "anonymous", "id") == "Warga (tanpa akun)"
    assert verbs.who("sealed:00", "person", "en") == "A citizen"
    assert verbs.who("P4K7Q2", "person", "id") == "Petugas atau anggota"
    assert verbs.body_of('{"body":"B1","body_name":"Kelurahan X"}') == "Kelurahan X"
    assert verbs.body_of('{"body":["B1"]}') == ""
