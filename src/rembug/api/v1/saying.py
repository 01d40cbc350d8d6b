"""Sentences with figures or lists, in the reader's language: the catalogue holds them with `{}` in their place."""

import re

from django.utils.translation import gettext

LIST = re.compile(r"(?<=: )[^:]+(?=\.$)")
FIGURE = re.compile(r"\d+")


def translated(sentence: str) -> str:
    """Return the sentence in the reader's language, or as it is when the catalogue does not know it.

    >>> translated("Pilih salah satu: live, ended, all.")
    'Pilih salah satu: live, ended, all.'
    """
    whole = gettext(sentence)
    if whole != sentence:
        return whole
    for part in (LIST, FIGURE):
        pattern = part.sub("{}", sentence)
        said = gettext(pattern)
        if said != pattern:
            return said.format(*part.findall(sentence))
    return sentence
