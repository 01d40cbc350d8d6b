"""What the house promises and imports cannot show. Lists of exceptions may only shrink: an unneeded one fails."""

from pathlib import Path

import pytest
from django.apps import apps

from tests.support import house

APPS = (
    "audit",
    "people",
    "places",
    "water",
    "reports",
    "confidential",
    "cases",
    "evidence",
    "alerts",
    "calls",
    "meetings",
    "deliberation",
    "commitments",
    "learning",
    "web",
    "api",
)
DOMAIN = (
    "lib",
    "audit",
    "people",
    "places",
    "water",
    "reports",
    "confidential",
    "cases",
    "evidence",
    "alerts",
    "calls",
    "meetings",
    "deliberation",
    "commitments",
    "learning",
)
OWN_NAMES = {  # names of one app only, each a subject that fits none of the house's names
    "api": {"v1", "cap", "open311", "ckan", "dcat", "ogc_features"},  # one folder a public standard
    "audit": {
        "keys",
        "standalone",
        "triggers",
    },  # the signing key; the verifier for outsiders; the database's own guard
    "people": {
        *("adapter", "device", "second_factor", "tokens"),  # what allauth asks for; phones; sessions; links
        *("areas", "consent_texts", "words"),  # the socket to places, which lies above; sentences
    },
    "places": set(),
    "water": {"engine", "words"},  # the one door to the flood engine; sentences
    "reports": {
        "public_urls",
        "share",
        "words",
        "sources",  # readers of other systems' files
        *("work_urls", "work_words"),  # the same for the handlers' pages
    },  # addresses in texts; the text for a chat group; words of codes
    "cases": {"words"},
    "alerts": {"seal", "closing", "words"},  # the key that signs CAP; what a reader has put away; sentences
    "learning": set(),
    "meetings": {"words"},
    "deliberation": {"words"},
    "commitments": {"words"},
    "confidential": set(),
    "calls": set(),
    "evidence": {
        *("formats", "shelf", "describe", "paper"),  # writers of files; where they lie; schema.org; PDF
        "words",  # sentences
    },
    "web": {
        "catalogs",
        "context",
        "demo",
        "storage",
        "weekly",
        *("thread", "balance", "joint", "sheet", "press"),  # pages that gather from every step
        *("works", "courses", "trail", "ways"),  # the same; from which pages a thread is one link away
    },  # translations; the shell; the simulated week; the little map; hashed modules; the weekly text
}
WRITERS = {"lib/lease.py": "a lease is taken and given back around an action, and is no public act"}
NO_ACTOR = {
    "alerts/actions/draft.py": {
        "check_words": "reckons",
        "following": "part of an act that has checked",
        "new_message": "an unsaved row",
        "recorded": "part of an act that has checked",
    },
    "cases/actions/move.py": {
        "locked": "reads",
        "has_it": "reads",
        "apply": "part of an act that has checked",
    },
    "cases/actions/proof.py": {"fault_of": "reads", "subject_of": "reckons"},
    "cases/actions/open.py": {"responsible": "reckons", "start_clocks": "part of an act that has checked"},
    "audit/actions.py": {"record_many": "each act names its own", "leaf_content": "reads"},
    "lib/actions.py": dict.fromkeys(
        ("wake", "wake_due", "beat", "reclaim", "prune"), "jobs, not acts: only the worker calls"
    ),
    "people/actions/demo.py": {"read_demo_logins": "reads", "code_now": "reckons"},
    "people/actions/letters.py": dict.fromkeys(
        ("send", "send_password_reset"), "sends what an act has already decided"
    ),
    "people/actions/keys.py": {"fingerprint": "reckons"},
    "places/actions/load.py": {
        "allow": "asks whether the actor may",
        "renew": "part of an act that has checked",
        "put_shape": "part of an act that has checked",
    },
    "reports/actions/gather.py": {"place_incidents": "recomputes where incidents stand; part of a judgement"},
    "reports/actions/personal.py": {"files_of": "reads"},
    "reports/actions/attach.py": {"forget_files": "part of an act that has checked"},
    "reports/actions/photos.py": {
        "update_flags": "recomputes; part of an act that has checked",
        "sent_before": "reads",
        "store": "part of an act that has checked",
    },
    "reports/actions/process.py": {
        "make_ready": "recomputes; part of processing",
        "copy_hash": "reckons",
        "sensitivity_of": "reckons",
    },
    "reports/actions/receive.py": {
        "batch_faults": "reckons",
        "source_of": "reckons",
        "forget_crowd": "forgets counts of this process",
    },
    "meetings/actions/arrange.py": {"hosted": "asks whether the actor may", "known_body": "reads"},
    "deliberation/actions/propose.py": {"listed_body": "reads", "own": "asks whether the actor may"},
    "calls/actions/call.py": {"own": "asks whether the actor may"},
    "evidence/actions/survey.py": {"own": "asks whether the actor may"},
    "water/actions/levels.py": {"allow": "asks whether the actor may"},
    "water/actions/scenario.py": {"inputs_of": "reckons"},
    "reports/actions/stir.py": {"stirred": "reckons"},
}


def _name(path: Path) -> str:
    return path.relative_to(house.SOURCE).as_posix()


def test_relations_between_tables_point_down_the_journey() -> None:
    wrong = []
    for model in apps.get_models():
        own = model.__module__.split(".")
        if own[0] != "rembug":
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            module = target.__module__.split(".") if isinstance(target, type) else [""]
            if module[0] == "rembug" and not house.points_down(own[1], module[1]):
                wrong.append(f"{model._meta.label}.{field.name} -> {module[1]}")
    assert wrong == []


def test_only_actions_save() -> None:
    found = {
        _name(path)
        for path in house.sources()
        if not house.is_action(path) and [*house.writes(path.read_text())]
    }
    assert found == set(WRITERS)


def test_every_action_names_its_actor() -> None:
    found = {
        _name(path): set(names)
        for path in house.sources()
        if house.is_action(path) and (names := [*house.actions_without_actor(path.read_text())])
    }
    assert found == {name: set(reasons) for name, reasons in NO_ACTOR.items()}


def test_nothing_happens_by_signal() -> None:
    found = [
        f"{_name(path)}:{line}"
        for path in house.sources()
        if path.relative_to(house.SOURCE).parts[0] in DOMAIN
        for line in house.signal_handlers(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_files_of_an_app_bear_the_names_of_the_house(app: str) -> None:
    present = set(house.foreign_names(house.SOURCE / app))
    assert present == OWN_NAMES[app]


def test_files_and_functions_keep_to_their_budget() -> None:
    wrong = []
    for base in ("src", "tests", "benchmarks", "scripts"):
        for path in sorted((house.ROOT / base).rglob("*")):
            name = path.relative_to(house.ROOT)
            kind = house.kind_of(name) if path.is_file() and "__pycache__" not in path.parts else ""
            if not kind:
                continue
            text = path.read_text()
            lines = len(text.splitlines())
            if lines > house.LINES[kind]:
                wrong.append(f"{name}: {lines} lines, {house.LINES[kind]} allowed")
            if path.suffix == ".py":
                wrong += [
                    f"{name}: {function} has {long} lines" for function, long in house.long_functions(text)
                ]
    assert wrong == []
