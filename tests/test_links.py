"""Addresses written by hand in templates and scripts lead to a page of this site."""

import re
from pathlib import Path

from django.urls import Resolver404, resolve

SOURCE = Path(__file__).parents[1] / "src" / "rembug"
LITERAL = re.compile(r"""(?:href|action|src)=["'](/(?!/)[^"'#?]*)""")
UNKNOWN = re.compile(r"\{[{%].*?[%}]\}")
MADE_UP = ("1", "abc", "01990000-0000-7000-8000-000000000000")


def addresses(text: str) -> set[str]:
    """Return the paths that a template writes itself; what it fills in stays as `{{ … }}`."""
    return set(LITERAL.findall(text))


def leads_somewhere(path: str) -> bool:
    """Tell whether any view answers a path, with made-up values for what a template fills in."""
    for value in MADE_UP:
        try:
            resolve(UNKNOWN.sub(value, path))
        except Resolver404:
            continue
        return True
    return False


def test_each_address_in_a_template_is_one_of_ours() -> None:
    wrong = [
        f"{template.relative_to(SOURCE)}: {path}"
        for template in sorted(SOURCE.rglob("templates/**/*.html"))
        for path in sorted(addresses(template.read_text()))
        if not leads_somewhere(path)
    ]
    assert wrong == []


def test_a_wrong_address_would_be_found() -> None:
    assert addresses('<a href="/log/?cari={{ hash }}">') == {"/log/"}
    assert not leads_somewhere("/log/")
    assert leads_somewhere("/rob/{{ slug }}/")
