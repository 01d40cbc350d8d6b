"""Each rule of the house on one good and one bad example, so that a broken rule does not pass for a kept one."""

from pathlib import Path

import pytest

from tests.support import house


def test_a_table_may_point_down_and_not_up() -> None:
    assert house.points_down("reports", "people")
    assert house.points_down("reports", "reports")
    assert not house.points_down("people", "reports")


@pytest.mark.parametrize(
    "code",
    [
        "Report.objects.create(city=x)",
        "Report.objects.filter(id=1).update(state='x')",
        "rows.exclude(a=1).delete()",
        "row.save()",
        "row.save(update_fields=['a'])",
        "Body.objects.get_or_create(name='x')",
        "report.photos.bulk_create(rows)",
    ],
)
def test_saving_is_seen(code: str) -> None:
    assert [*house.writes(code)]


@pytest.mark.parametrize(
    "code",
    [
        "digest.update(b'x')",
        "image.save(out, 'PNG')",
        "seen.update(other)",
        "Report.objects.filter(id=1).count()",
    ],
)
def test_what_saves_no_row_is_not_taken_for_it(code: str) -> None:
    assert not [*house.writes(code)]


def test_an_action_without_keyword_only_actor_is_seen() -> None:
    assert [*house.actions_without_actor("def decide(actor, code): ...")] == ["decide"]
    assert not [*house.actions_without_actor("def decide(*, actor, code): ...\ndef _part(row): ...")]


@pytest.mark.parametrize("code", ["@receiver(post_save)\ndef f(**k): ...", "post_save.connect(f)"])
def test_a_signal_handler_is_seen(code: str) -> None:
    assert [*house.signal_handlers(code)]


def test_a_plain_function_is_no_signal_handler() -> None:
    assert not [*house.signal_handlers("@cache\ndef f(): ...\nwith connection() as c: ...")]


def test_a_long_function_is_seen() -> None:
    body = "    x = 1\n"
    assert [*house.long_functions("def f():\n" + body * 50)] == [("f", 51)]
    assert not [*house.long_functions("def f():\n" + body * 49)]


def test_a_strange_file_name_is_seen(tmp_path: Path) -> None:
    for name in ("__init__.py", "actions.py", "utils.py", "keys.py"):
        (tmp_path / name).touch()
    assert [*house.foreign_names(tmp_path, frozenset({"keys"}))] == ["utils"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("src/rembug/lib/clock.py", "source"),
        ("src/rembug/lib/tests/test_clock.py", "test"),
        ("tests/test_docs.py", "test"),
        ("src/rembug/web/templates/web/home.html", "template"),
        ("src/rembug/web/static/web/map.js", "script"),
        ("src/rembug/web/static/vendor/htmx.js", ""),
        ("src/rembug/people/migrations/0001_initial.py", ""),
    ],
)
def test_each_file_has_its_own_budget(path: str, kind: str) -> None:
    assert house.kind_of(Path(path)) == kind
