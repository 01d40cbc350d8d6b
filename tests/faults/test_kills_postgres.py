"""The same ordeal on PostgreSQL, a file of its own so that both databases are tried side by side."""

import pytest

from tests.faults.test_kills import QUICK, REPORTS, on_postgres, ordeal, reborn, web_and_worker
from tests.support import postgres
from tests.support.site import site


def test_no_report_is_lost_or_doubled_when_web_and_worker_die_on_postgresql() -> None:
    with (
        on_postgres() as cluster,
        site(database_url=postgres.create(cluster.address, "rembug"), settings=QUICK) as place,
    ):
        ordeal(place, [place.port], web_and_worker(place, (1, 3), (3, 6)), 300)


@pytest.mark.slow
def test_ten_thousand_reports_survive_kills_of_two_servers_two_workers_and_the_database() -> None:
    with (
        on_postgres() as cluster,
        site(database_url=postgres.create(cluster.address, "rembug"), settings=QUICK) as place,
    ):
        second = postgres.free_port()
        place.start("web2", "serve", "--no-worker", port=second)
        place.start("worker2", "worker")
        victims = web_and_worker(place, (2, 12), (5, 15))
        victims["web2"] = (reborn(place, "web2", "serve", "--no-worker", port=second), 2, 12)
        victims["worker2"] = (reborn(place, "worker2", "worker"), 5, 15)

        def fall_and_rise() -> None:
            cluster.kill()
            cluster.start()

        victims["database"] = (fall_and_rise, 20, 40)
        ordeal(place, [place.port, second], victims, REPORTS)
