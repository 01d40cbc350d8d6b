"""Translations are compiled without the gettext programs, and what is missing is named."""

from pathlib import Path

from babel.messages.mofile import read_mo

from rembug.web import catalogs

ENTRY = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{}"\nmsgstr "{}"\n'


def app(root: Path, words: str = "Peta", known: dict[str, str] | None = None) -> Path:
    """Make an app with one template that says `words`, and catalogues of what is known."""
    page = root / "shop" / "templates" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text('{% load i18n %}{% translate "' + words + '" %}')
    folder = root / "shop" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for name, (source, said) in enumerate((known or {}).items()):
        (folder / f"{name}.po").write_text(ENTRY.format(source, said))
    return root


def test_a_sentence_without_english_is_named_with_its_place(tmp_path: Path) -> None:
    found = catalogs.gaps(app(tmp_path))
    assert [(gap.language, gap.said.msgid, gap.said.line) for gap in found] == [("en", "Peta", 1)]


def test_a_sentence_with_english_is_no_gap(tmp_path: Path) -> None:
    assert catalogs.gaps(app(tmp_path, known={"Peta": "Map"})) == []


def test_an_empty_translation_is_a_gap(tmp_path: Path) -> None:
    assert len(catalogs.gaps(app(tmp_path, known={"Peta": ""}))) == 1


def test_a_page_that_promises_javanese_needs_it(tmp_path: Path) -> None:
    root = app(tmp_path, known={"Peta": "Map"})
    page = root / "shop" / "templates" / "page.html"
    page.write_text(page.read_text() + "{# jv: complete #}")
    assert [gap.language for gap in catalogs.gaps(root)] == ["jv"]


def test_catalogues_of_one_language_are_joined(tmp_path: Path) -> None:
    root = app(tmp_path, known={"Peta": "Map", "Lapor": "Report"})
    assert catalogs.compile_all(root) == 1
    assert catalogs.compile_all(root) == 0
    with (root / "shop/locale/en/LC_MESSAGES/django.mo").open("rb") as file:
        joined = read_mo(file)
    assert {message.id: message.string for message in joined if message.id} == {
        "Peta": "Map",
        "Lapor": "Report",
    }


def test_a_lost_placeholder_is_a_fault(tmp_path: Path) -> None:
    root = app(tmp_path)
    entry = '#, python-format\nmsgid "%(n)s laporan"\nmsgstr "reports"\n'
    (root / "shop/locale/en/LC_MESSAGES/x.po").write_text(ENTRY.format("Peta", "Map") + "\n" + entry)
    assert len(catalogs.faults(root)) == 1


def test_every_sentence_of_the_shell_and_of_the_public_pages_is_there_in_english() -> None:
    own = ("web", "lib")
    missing = [gap for gap in catalogs.gaps() if gap.said.file.relative_to(catalogs.SOURCE).parts[0] in own]
    assert [gap.said.msgid for gap in missing if gap.language == "en"] == []
    assert catalogs.faults() == []
