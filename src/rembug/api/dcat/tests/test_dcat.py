"""Both notations are one graph, and it keeps to the shapes of DCAT-AP (S-05)."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from django.test import Client
from rdflib import Graph
from rdflib.compare import isomorphic

from rembug.evidence.tests import work
from rembug.evidence.tests.conftest import body, city, house
from rembug.people.models import Body

__all__ = ["body", "city", "house"]
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]  # of rdflib's own


@pytest.fixture
def catalogue(client: Client, body: Body) -> tuple[Graph, Graph]:
    """The catalogue of two datasets, as JSON-LD and as Turtle."""
    work.report(1)
    work.judge()
    work.frozen_version(body, work.question(body, 'Rob "di" kota\\ & <hulu>'))
    work.frozen_version(body, work.question(body, "Sampah kota", category="waste"))
    one = Graph().parse(data=client.get("/catalog.jsonld").content, format="json-ld")
    two = Graph().parse(data=client.get("/catalog.ttl").content, format="turtle")
    return one, two


def test_both_notations_say_the_same(catalogue: tuple[Graph, Graph]) -> None:
    one, two = catalogue
    assert len(one) > 100
    assert isomorphic(one, two)


def test_the_catalogue_keeps_to_its_shapes(catalogue: tuple[Graph, Graph]) -> None:
    shapes = Graph().parse(Path(__file__).with_name("shapes.ttl"))
    holds, _, words = pyshacl.validate(catalogue[0], shacl_graph=shapes)
    assert holds, words
