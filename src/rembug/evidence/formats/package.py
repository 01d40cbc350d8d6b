"""Data Package v2: every format in one zip with a description that names each file's size and hash."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

LEVEL = 1  # a download that starts soon is worth more than the last per cent
BLOCK = 1 << 20


def write(
    target: Path, files: Mapping[str, Path], texts: Mapping[str, bytes], *, frozen_at: datetime
) -> None:
    """Zip files and texts in order of their names; each entry bears the time of the version."""
    moment = frozen_at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as made:
        for name in sorted({*files, *texts}):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            if name in texts:
                made.writestr(entry, texts[name], compresslevel=LEVEL)
                continue
            entry.file_size = files[name].stat().st_size
            with files[name].open("rb") as source, made.open(entry, "w") as sink:
                shutil.copyfileobj(source, sink, BLOCK)
