"""Members of an ensemble: the same on one core, on all, and on a cluster."""

from __future__ import annotations

import functools
import sys

import numpy as np
import pytest

from rob.consequences.counts import probability
from rob.kernels.fields import correlated
from rob.scenario.ensemble import run_all, static_member
from rob.tests.floods import edge, terrain
from rob.types import Faces, RobError, Terrain


def member() -> functools.partial[np.ndarray]:
    """One member of a small coast with an unsure survey and an unsure sea."""
    ground = terrain(np.linspace(1.0, 0.0, 40)[:, None] * np.ones((40, 40)))
    unsure = Terrain(ground.grid, ground.z, "MSL", "2026-01-01", 0.15)
    return functools.partial(static_member, unsure, edge((40, 40), "south"), Faces.none(), (0.5, 0.1))


def test_a_member_is_made_of_its_number_and_nothing_else() -> None:
    alone = [member()(seed) for seed in range(6)]
    told: list[float] = []
    together = run_all(member(), range(6), workers=2, tell=told.append)
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))
    assert told[-1] == 1.0
    assert not np.array_equal(alone[0], alone[1])


def test_the_members_give_a_probability_that_falls_inland() -> None:
    chance = probability(run_all(member(), range(20)), 0.05)
    assert chance[-3].mean() > 0.8
    assert chance[2].mean() < 0.1
    assert 0.1 < chance[20:25].mean() < 0.9


def test_the_error_of_the_terrain_is_alike_near_and_not_far() -> None:
    rng = np.random.default_rng(1)
    fields = np.stack([correlated((30, 120), 10.0, 200.0, rng) for _ in range(60)])
    assert fields.std() == pytest.approx(1.0, abs=0.06)
    near = np.mean(fields[:, :, :-20] * fields[:, :, 20:])
    far = np.mean(fields[:, :, :-100] * fields[:, :, 100:])
    assert near == pytest.approx(np.exp(-1.0), abs=0.1)
    assert far < 0.15


def test_a_cluster_that_does_not_answer_is_named() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(RobError, match=r"tcp://127\.0\.0\.1:1: no scheduler answers"):
        run_all(member(), [1], cluster="tcp://127.0.0.1:1")


def test_without_distributed_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RobError, match=r"distributed: the package is not installed.*rembug\[rob-cluster\]"):
        run_all(member(), [1], cluster="tcp://127.0.0.1:1")


@pytest.mark.slow
def test_two_workers_of_a_cluster_give_the_same_members() -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        found = run_all(member(), range(6), cluster=cluster.scheduler_address)
    assert all(np.array_equal(a, member()(seed)) for seed, a in enumerate(found))
