"""The darkroom may be killed, hang, lie or be gone; the web process always gets an answer."""

import io
import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from rembug.lib.images import wire
from rembug.lib.images.answer import photo_from
from rembug.lib.images.jpeg import is_bare
from rembug.lib.images.outcome import MAX_BYTES, REMEDY, Photo, Reason, Refusal
from rembug.lib.images.process import Darkroom, read_limited
from rembug.lib.images.tests import corpus

GOOD = corpus.encoded(corpus.scene(200, 150))


def python(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def refused(outcome: Photo | Refusal) -> Reason:
    assert isinstance(outcome, Refusal)
    return outcome.reason


def test_the_web_process_never_loads_a_decoder() -> None:
    script = (
        "import sys, rembug.lib.images.process as p; p.process(b'\\xff\\xd8\\xff' + b'A' * 99);"
        "sys.exit(any(name.split('.')[0] in {'PIL', 'pillow_heif'} for name in sys.modules))"
    )
    env = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    assert subprocess.run(python(script), env=env, timeout=60, check=False).returncode == 0


def test_a_darkroom_killed_while_idle_is_opened_again() -> None:
    with Darkroom() as room:
        assert isinstance(room.develop(GOOD), Photo)
        assert room._process is not None
        room._process.send_signal(signal.SIGKILL)
        room._process.wait(5)
        assert isinstance(room.develop(GOOD), Photo)


def test_after_a_fork_of_the_server_each_has_a_darkroom_of_its_own() -> None:
    with Darkroom() as room:
        assert isinstance(room.develop(GOOD), Photo)
        parents = room._process
        assert parents is not None
        room._owner = -1  # as a forked child sees it
        assert isinstance(room.develop(GOOD), Photo)
        assert room._process is not parents
        # Nobody holds its socket any more, so it ends by itself.
        assert parents.wait(10) == 0


@pytest.mark.parametrize(
    "script",
    [
        "import os; os._exit(1)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import socket; s = socket.socket(fileno=0); s.recv(9); s.sendall(b'\\xff' * 99)",
        "import socket; s = socket.socket(fileno=0); s.recv(9); s.sendall(b'\\0\\0\\0\\2[]\\0\\0\\0\\0')",
    ],
)
def test_a_darkroom_that_dies_or_babbles_gives_a_refusal_that_may_be_retried(script: str) -> None:
    with Darkroom(command=python(script)) as room:
        outcome = room.develop(GOOD)
        assert refused(outcome) is Reason.UNAVAILABLE
        assert isinstance(outcome, Refusal)
        assert outcome.may_retry


def test_a_darkroom_that_hangs_is_left_after_our_patience() -> None:
    with Darkroom(command=python("import time; time.sleep(60)"), patience_s=0.2) as room:
        assert refused(room.develop(GOOD)) is Reason.UNAVAILABLE


def test_a_darkroom_that_cannot_start_is_a_refusal() -> None:
    assert refused(Darkroom(command=["/nowhere/python"]).develop(GOOD)) is Reason.UNAVAILABLE


COPY_FATES = {
    "raise MemoryError": Reason.TOO_HEAVY,
    "bytearray(600 << 20)": Reason.TOO_HEAVY,
    "os.kill(os.getpid(), signal.SIGSEGV)": Reason.DAMAGED,
    "os.kill(os.getpid(), signal.SIGXCPU)": Reason.TOO_HEAVY,
    "time.sleep(60)": Reason.TOO_HEAVY,
    "open('/etc/passwd')": Reason.DAMAGED,
    "socket.socket()": Reason.DAMAGED,
    "os.fork()": Reason.DAMAGED,
    "sys.exit(3)": Reason.DAMAGED,
}


@pytest.mark.parametrize("deed", COPY_FATES)
def test_a_copy_that_misbehaves_ends_alone_and_the_next_photo_is_taken(deed: str) -> None:
    """The decoder is replaced by a deed that a taken-over decoder might do; the walls are the real ones."""
    script = f"""
import os, signal, socket, sys, time
from rembug.lib.images import child, develop
child.WALL_S = 1.0
real = develop.develop
def hostile(data):
    if data.endswith(b'EVIL'):
        {deed}
        raise SystemExit('the deed was possible')
    return real(data)
develop.prepare()
develop.develop, develop.prepare = hostile, lambda: None
child.serve(socket.socket(fileno=0))
"""
    with Darkroom(command=python(script)) as room:
        outcome = room.develop(GOOD + b"EVIL")
        assert refused(outcome) is COPY_FATES[deed]
        assert isinstance(outcome, Refusal)
        assert "SystemExit" not in outcome.detail
        assert isinstance(room.develop(GOOD), Photo)


def test_threads_share_one_darkroom() -> None:
    outcomes: list[Photo | Refusal] = []
    with Darkroom() as room:
        threads = [threading.Thread(target=lambda: outcomes.append(room.develop(GOOD))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert [type(outcome) for outcome in outcomes] == [Photo] * 4


def test_the_darkroom_knows_no_secret_of_the_web_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://kanari")
    script = "import os, sys, time; ok = 'DATABASE_URL' not in os.environ; time.sleep(60 if ok else 0)"
    with Darkroom(command=python(script), patience_s=1.0) as room:
        room._ready()
        assert room._process is not None
        with pytest.raises(subprocess.TimeoutExpired):
            room._process.wait(0.5)


class Endless(io.RawIOBase):
    """A stream of 200 MB that counts what was taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"\xff" * size if self.taken < 200 * 1024 * 1024 else b""


def test_an_oversized_stream_is_left_at_the_limit() -> None:
    stream = Endless()
    assert read_limited(stream) == Refusal(Reason.TOO_LARGE)  # type: ignore[arg-type]  # has read()
    assert stream.taken == MAX_BYTES + 1
    assert read_limited(io.BytesIO(GOOD)) == GOOD


HEADER = {"kind": "JPEG", "camera": None, "phash": 1, "peak_mb": 1.0, "cpu_s": 0.1}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "GIF"},
        {"phash": 1 << 64},
        {"phash": "x"},
        {"camera": {"taken_local": "tomorrow", "utc_offset_min": None, "gps": None}},
        {
            "camera": {
                "taken_local": None,
                "utc_offset_min": None,
                "gps": {"lon": 999, "lat": 0, "accuracy_m": None, "at": None},
            }
        },
        {"sizes": []},
        {"sizes": None},
        {"refused": "because"},
        {"peak_mb": []},
    ],
)
def test_an_answer_that_lies_is_refused(change: dict[str, object]) -> None:
    jpeg = corpus.encoded(corpus.scene(40, 40), progressive=True)
    sizes = [{"side": side, "width": 40, "height": 40, "bytes": len(jpeg)} for side in (1600, 800, 240)]
    honest = HEADER | {"sizes": sizes}
    assert isinstance(photo_from(honest, jpeg * 3, key="k", sha256="s"), Photo)
    assert refused(photo_from(honest | change, jpeg * 3, key="k", sha256="s")) is Reason.DAMAGED
    assert refused(photo_from(honest, jpeg * 3 + b"x", key="k", sha256="s")) is Reason.DAMAGED


@pytest.mark.parametrize(
    "options",
    [
        {"exif": corpus.exif_with_everything()},
        {"comment": b"hello"},
        {"xmp": corpus.xmp()},
        {"icc_profile": b"x" * 200},
    ],
)
def test_the_check_from_outside_sees_every_kind_of_metadata(options: dict[str, Any]) -> None:
    bare = corpus.encoded(corpus.scene(40, 40))
    assert is_bare(bare)
    assert not is_bare(corpus.encoded(corpus.scene(40, 40), **options))
    assert not is_bare(bare + b"<html>")
    assert not is_bare(bare[:-2])
    assert not is_bare(b"")


def test_every_reason_says_what_to_do_in_short_sentences() -> None:
    assert set(REMEDY) == set(Reason)
    for sentences in REMEDY.values():
        for sentence in sentences["id"].rstrip(".").split(". "):
            assert len(sentence.split()) <= 12


def test_a_header_must_be_an_object() -> None:
    with pytest.raises(wire.WireError):
        wire.parse_header(b"[" * 5000)
