"""Text files of unknown making."""

from __future__ import annotations

from pathlib import Path

from rob.types import RobError


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with or without a mark at its head.

    Raises
    ------
    RobError
        When the file is absent, a folder, may not be read, or is in another encoding.
    """
    if not path.is_file():
        raise RobError(str(path), "file", "there is no such file", "Check the path")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        raise RobError(
            str(path),
            f"line {line}",
            "a letter is not in UTF-8",
            "Save the file again with the encoding UTF-8",
        ) from None
    except OSError as fault:
        raise RobError(
            str(path), "file", f"it cannot be read ({fault.strerror})", "Check its rights"
        ) from None
