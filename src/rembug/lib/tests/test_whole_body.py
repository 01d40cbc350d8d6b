"""A body that ends before its announced length is an error, however it is read."""

from io import BytesIO
from typing import Any

import pytest

from rembug.lib.whole_body import WholeBody, only_whole


def test_a_whole_body_reads_as_it_is() -> None:
    assert WholeBody(BytesIO(b"abcdef"), 6).read() == b"abcdef"
    body = WholeBody(BytesIO(b"one\ntwo"), 7)
    assert [body.readline(), body.readline(), body.readline()] == [b"one\n", b"two", b""]


def test_nothing_beyond_its_length_is_read() -> None:
    body = WholeBody(BytesIO(b"abcdefNEXT"), 6)
    assert (body.read(4), body.read(100), body.read(1), body.read()) == (b"abcd", b"ef", b"", b"")


class Dripping(BytesIO):
    """A connection that gives two bytes at a time."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 2))


def test_a_slow_body_is_waited_for() -> None:
    assert WholeBody(Dripping(b"abcdefg"), 7).read() == b"abcdefg"
    assert WholeBody(Dripping(b"abcdefg"), 7).read(5) == b"abcde"


@pytest.mark.parametrize("size", [-1, 4, 100])
def test_a_body_that_breaks_off_is_an_error(size: int) -> None:
    with pytest.raises(OSError, match="3 bytes before the end"):
        WholeBody(Dripping(b"abc"), 6).read(size)


def test_a_line_that_breaks_off_is_an_error() -> None:
    body = WholeBody(BytesIO(b"one\ntw"), 8)
    assert (body.readline(), body.readline()) == (b"one\n", b"tw")
    with pytest.raises(OSError, match="2 bytes before the end"):
        body.readline()


@pytest.mark.parametrize("length", ["", "0", "-5", "many"])
def test_a_request_that_announces_no_body_passes_untouched(length: str) -> None:
    seen: list[Any] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:  # noqa: ARG001 the standard's form
        seen.append(environ["wsgi.input"])
        return []

    source = BytesIO(b"")
    only_whole(application)({"CONTENT_LENGTH": length, "wsgi.input": source}, None)
    assert seen == [source]
