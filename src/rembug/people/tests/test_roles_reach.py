"""How far a role reaches."""

import pytest

from rembug.people.models import BodyArea
from rembug.people.queries.persons import actor_of
from rembug.people.tests.town import give, make_body, make_person

pytestmark = pytest.mark.django_db


def test_a_role_without_area_reaches_no_farther_than_its_body() -> None:
    person, body = make_person("officer@example.org"), make_body()
    BodyArea.objects.filter(body=body).delete()
    BodyArea.objects.create(body=body, area_code="33.75.03.1007")
    give(person, "officer", body)
    actor = actor_of(person)
    assert actor.may("officer", city=body.city, area="33.75.03.1007")
    assert not actor.may("officer", city=body.city, area="33.75.01.1002")


def test_a_body_of_the_city_reaches_all_of_it() -> None:
    person, body = make_person("mayor@example.org"), make_body()
    BodyArea.objects.filter(body=body).delete()
    BodyArea.objects.create(body=body, area_code="33.75")
    give(person, "coordinator", body)
    assert actor_of(person).may("coordinator", city=body.city)
