"""How entries become leaves: without gaps, whatever is committed when and whoever crashes."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import close_old_connections, connection, connections, transaction

from rembug.audit import actions, queries, rules
from rembug.audit.actions import Act, Ref
from rembug.audit.models import Entry, Tile
from rembug.audit.queries import checking
from rembug.audit.rules import tiles, tree
from rembug.audit.tests.conftest import ME, OFFICER, PHONE

Grow = Callable[[int], None]


def indexes() -> list[int | None]:
    return list(Entry.objects.order_by("id").values_list("leaf_index", flat=True))


@pytest.mark.django_db
def test_entries_get_gap_free_indexes_in_order(grow: Grow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 100)
    grow(230)
    grow(1)
    grow(300)
    assert indexes() == list(range(531))
    assert queries.size() == 531
    assert not queries.has_waiting()
    assert checking.verify([]).faults == []


@pytest.mark.django_db
def test_numbering_reads_and_writes_few_rows_however_large_the_log(
    grow: Grow, django_assert_max_num_queries: Callable[..., object]
) -> None:
    grow(600)
    actions.record_many([Act(OFFICER, "report.received", Ref("report", "R"))] * 3)
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        assert actions.sequence(actor=ME) == 3
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        queries.inclusion_proof(17, 603)


@pytest.mark.django_db
def test_an_entry_with_a_smaller_id_that_comes_late_gets_a_later_index(grow: Grow) -> None:
    grow(2)
    late = actions.record(actor=OFFICER, verb="report.received", obj=Ref("report", "late"))
    Entry.objects.filter(pk=late.pk).update(leaf_index=None)  # nothing changes: it waits
    first = Entry.objects.order_by("id").first()
    assert first is not None
    early = Entry(**{f.attname: getattr(late, f.attname) for f in Entry._meta.fields} | {"id": first.pk - 1})
    early.uid = "0" * 32
    early.leaf_hash = rules.leaf_hash(actions.leaf_content(early))
    actions.sequence(actor=ME)
    early.save(force_insert=True)
    assert actions.sequence(actor=ME) == 1
    assert Entry.objects.get(uid="0" * 32).leaf_index == 3
    assert checking.verify([]).faults == []


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["tiles.grow", "Tile.objects.bulk_create", "queries.size"])
def test_a_crash_leaves_a_whole_tree(grow: Grow, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    grow(5)
    actions.record(actor=OFFICER, verb="report.received", obj=Ref("report", "R"))

    def crash(*_args: object, **_more: object) -> None:
        raise SystemError("power cut")

    name, _, attribute = where.rpartition(".")
    target = {"tiles": tiles, "Tile.objects": Tile.objects, "queries": queries}[name]
    with monkeypatch.context() as patch:
        patch.setattr(target, attribute, crash)
        with pytest.raises(SystemError):
            actions.sequence(actor=ME)
    assert indexes() == [0, 1, 2, 3, 4, None]
    assert actions.sequence(actor=ME) == 1
    assert checking.verify([]).faults == []


@pytest.mark.django_db
def test_stored_tiles_give_the_proofs_of_the_entries(grow: Grow) -> None:
    grow(300)
    leaves = [
        bytes.fromhex(h) for h in Entry.objects.order_by("leaf_index").values_list("leaf_hash", flat=True)
    ]
    for index in (0, 255, 256, 299):
        proof = queries.inclusion_proof(index, 300)
        path = [bytes.fromhex(step) for step in proof["proof"]]
        assert tree.includes(leaves[index], index, 300, path, bytes.fromhex(proof["root"]))
    assert queries.tile(0, 1) == b"".join(leaves[256:])
    assert queries.tile(1, 0) == tiles.top(b"".join(leaves[:256]))


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 1, 2, 3, 4, 56, 789, tzinfo=UTC), tick=False)
def test_a_phone_is_logged_to_the_minute_and_under_no_lasting_name() -> None:
    one, two = (actions.record(actor=PHONE, verb="report.received", obj=Ref("report", "R")) for _ in range(2))
    assert one.at == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert one.actor != two.actor
    assert "device-1" not in one.actor
    assert queries.acted_by(one, "device-1")
    assert not queries.acted_by(one, "device-2")
    assert one.uid[12] == "4", "a version-7 id would tell the millisecond"


@pytest.mark.django_db
def test_an_officer_is_named_in_office_and_sealed_as_a_citizen() -> None:
    deciding = actions.record(actor=OFFICER, verb="report.decided", obj=Ref("report", "R"))
    reporting = actions.record(actor=OFFICER, verb="report.received", obj=Ref("report", "R"))
    assert deciding.actor == OFFICER.public_id
    assert reporting.actor.startswith("sealed:")


@pytest.mark.django_db
def test_data_that_nobody_could_hash_again_are_refused_in_the_act() -> None:
    for bad in (float("nan"), "\ud800"):
        with pytest.raises(ValueError, match=r"."):
            actions.record(actor=ME, verb="report.received", obj=Ref("report", "R"), data={"bad": bad})


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer, so nobody can come late"
)
def test_two_workers_and_late_commits_on_postgresql_skip_no_leaf() -> None:
    held, go = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            actions.record(actor=ME, verb="report.received", obj=Ref("report", "slow"))
            held.set()
            go.wait(20)
        connections.close_all()

    def work() -> None:
        for _ in range(10):
            actions.record_many([Act(ME, "report.received", Ref("report", "quick"))] * 20)
            actions.sequence(actor=ME)
        connections.close_all()

    sleeper = threading.Thread(target=slow)
    sleeper.start()
    held.wait(20)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(60)
    actions.sequence(actor=ME)
    go.set()
    sleeper.join(20)
    close_old_connections()
    assert actions.sequence(actor=ME) == 1
    assert sorted(i for i in indexes() if i is not None) == list(range(401))
    assert Entry.objects.get(object_id="slow").leaf_index == 400
    assert checking.verify([]).faults == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's transaction is the lock")
def test_a_second_sequencer_leaves_the_work_to_the_first() -> None:
    actions.record(actor=ME, verb="report.received", obj=Ref("report", "R"))
    answers: list[int] = []

    def other() -> None:
        answers.append(actions.sequence(actor=ME))
        connections.close_all()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [actions.LOCK])
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(20)
    assert answers == [0]
    assert actions.sequence(actor=ME) == 1
