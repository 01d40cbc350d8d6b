"""Reading `terms/`: versions of the texts that people are told or agree to (`privacy.2026-11.id.md`)."""

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

from rembug.lib.pack.faults import Faults
from rembug.lib.pack.files import text_of
from rembug.lib.pack.types import TermsText

FOLDER = "terms"
NAME = re.compile(r"^([a-z][a-z0-9-]*)\.(\d{4}-\d{2}(?:-\d{2})?)\.([a-z]{2,3})\.md$")


def read_terms(folder: Path, faults: Faults, languages: Collection[str]) -> tuple[TermsText, ...]:
    """Return every version in every language; the first line of a file is its title."""
    texts = []
    for path in sorted((folder / FOLDER).glob("*")):
        own = Faults(f"{FOLDER}/{path.name}", faults.found)
        name = NAME.match(path.name)
        if not name or name[3] not in languages:
            own.add(
                0, "the name is not CODE.YYYY-MM.LANGUAGE.md", "name it for example privacy.2026-11.id.md"
            )
            continue
        text = text_of(folder, own)
        if text is None:
            continue
        title = text.partition("\n")[0].lstrip("# ").strip()
        if not title:
            own.add(1, "there is no title", "begin with a line like `# Privasi`")
        digest = hashlib.sha256(text.encode()).hexdigest()
        texts.append(TermsText(name[1], name[2], name[3], title, text, digest))
    first = next(iter(languages))
    for code, version in sorted({(text.code, text.version) for text in texts}):
        if not any((text.code, text.version, text.language) == (code, version, first) for text in texts):
            faults.add(0, f"{code} {version} has no text in `{first}`", f"add {code}.{version}.{first}.md")
    return tuple(texts)
