"""One running site with a simulated week, for all outside judges of this folder."""

from collections.abc import Iterator

import pytest

from tests.support.site import Site, site


@pytest.fixture(scope="session")
def city() -> Iterator[Site]:
    """Give a running site in which a week was lived."""
    with site(worker=False, web=False) as place:
        place.command("demo", "week")
        place.start("web", "serve", "--no-worker")
        place.wait_until_up()
        yield place
