"""What every test of the house needs."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker

from rembug.audit import triggers


def pytest_configure(config: pytest.Config) -> None:  # noqa: ARG001 - pytest's signature
    """Serve static files by plain names: tests need no collectstatic. Journeys run the real build."""
    # A busy machine is no fault: how long an example takes is measured in benchmarks, never asserted in a test.
    hypothesis.settings.register_profile(
        "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("house")
    # A journey's browser driver leaves an event loop running in this thread; later tests of the same process are plain.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing folder
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.GROUP_COMMIT = False  # the writer's own thread would not see a test's transaction


@pytest.fixture(scope="session", autouse=True)
def _translations() -> None:
    """Compile the catalogues once, so that English pages speak English."""
    from rembug.web import catalogs  # noqa: PLC0415 - not before Django's settings stand

    catalogs.compile_all()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    """Let the test runner empty the log between tests: nobody else may, so these triggers stand everywhere else."""
    with django_db_blocker.unblock():
        triggers.remove(connection, "_no_delete")
        triggers.remove(connection, "_no_truncate")
    yield
    # A thread of a test may have left its connection open; PostgreSQL drops no database that is in use.
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    """Forget what the last test left in this process: its cities, its crowds of reporters, its reader's language."""
    from rembug.places import queries as places  # noqa: PLC0415 - not before Django's settings stand
    from rembug.reports.actions import receive  # noqa: PLC0415
    from rembug.reports.queries import categories  # noqa: PLC0415

    places.forget()
    receive.forget_crowd()
    categories.forget()
    translation.deactivate()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data for trials; a test that asks for it is skipped where it is absent."""
    folder = Path(os.environ.get("REMBUG_DATA") or Path(__file__).parent.parent / "shared" / "data")
    if not folder.is_dir():
        folder = (
            Path(__file__).parent.parent.parent / "shared" / "data"
        )  # from a git work tree beside the clone
    if not folder.is_dir():
        pytest.skip(f"real data are absent: set REMBUG_DATA to their folder (looked in {folder})")
    return folder
