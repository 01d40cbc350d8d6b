"""Categories come from the pack; closed ones keep the name of old reports but take no new one."""

from dataclasses import replace

import pytest

from rembug.audit.models import Entry
from rembug.lib.actor import ANONYMOUS, system
from rembug.lib.errors import Invalid, NotAllowed
from rembug.lib.pack import CategoryRow
from rembug.reports.actions.categories import CategoriesLoaded, load_categories
from rembug.reports.queries import categories
from rembug.reports.queries.catalogue import kinds

pytestmark = pytest.mark.django_db
CHOICES = [{"code": "mud", "names": {"id": "Lumpur"}}, {"code": "waste", "names": {"id": "Sampah"}}]
ROB = CategoryRow(
    code="rob",
    names={"id": "Rob"},
    hints={},
    icon="wave",
    position=0,
    dimension="environment",
    sensitivity="home",
    is_flood=True,
    questions=({"code": "cause", "names": {"id": "Apa?"}, "required": False, "choices": CHOICES},),
    link_m=100.0,
    link_s=7200.0,
    live_s=21600.0,
    responsible="dinas",
)
ROAD = replace(ROB, code="road", names={"id": "Jalan"}, is_flood=False, questions=(), position=1)


def load(*rows: CategoryRow) -> CategoriesLoaded:
    return load_categories(actor=system("test"), city="kota", categories=rows)


def test_categories_are_what_the_flow_asks_in_their_order() -> None:
    assert load(ROB, ROAD) == CategoriesLoaded(("rob", "road"), (), ())
    assert [kind.code for kind in kinds("kota")] == ["rob", "road"]
    assert kinds("kota")[0].questions[0].choices == (("mud", "Lumpur"), ("waste", "Sampah"))


def test_the_same_again_changes_nothing_and_writes_nothing() -> None:
    load(ROB, ROAD)
    entries = Entry.objects.count()
    assert load(ROB, ROAD) == CategoriesLoaded((), (), ())
    assert Entry.objects.count() == entries


def test_a_change_is_seen_at_once_here() -> None:
    load(ROB)
    assert categories.category("kota", "rob").link_m == 100.0
    assert load(replace(ROB, link_m=50.0)) == CategoriesLoaded((), ("rob",), ())
    assert categories.category("kota", "rob").link_m == 50.0


def test_a_closed_category_is_known_but_takes_no_report_until_it_is_back() -> None:
    load(ROB, ROAD)
    assert load(ROB) == CategoriesLoaded((), (), ("road",))
    assert "road" in categories.categories("kota")
    assert [kind.code for kind in kinds("kota")] == ["rob"]
    with pytest.raises(Invalid):
        categories.category("kota", "road")
    assert load(ROB, ROAD) == CategoriesLoaded((), ("road",), ())
    assert categories.category("kota", "road").closed_at is None


def test_nobody_else_changes_categories() -> None:
    with pytest.raises(NotAllowed):
        load_categories(actor=ANONYMOUS, city="kota", categories=[ROB])
