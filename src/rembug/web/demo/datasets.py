"""A group of the simulated week saves its questions; the worker freezes and publishes their answers."""

from dataclasses import dataclass

from rembug.evidence.actions.ask import freeze, save_question
from rembug.evidence.rules.question import Asked
from rembug.web.demo.cast import Cast


@dataclass(frozen=True, slots=True)
class Saved:
    """A question with its words, Indonesian and English, and the dimensions that it speaks of."""

    asked: Asked
    title: str
    about: str
    title_en: str
    about_en: str
    dimensions: tuple[str, ...]


QUESTIONS = (
    Saved(
        Asked("reports", category="rob"),
        "Rob minggu ini (simulasi)",
        "Semua laporan rob dari satu minggu simulasi. Ini contoh: bukan kejadian nyata. Boleh dipakai untuk belajar.",
        "Tidal flooding of this week (simulated)",
        "All reports of tidal flooding of one simulated week. An example: nothing of it is real.",
        ("environment", "living"),
    ),
    Saved(
        Asked("cases"),
        "Siapa menjawab, kapan (simulasi)",
        "Semua kasus simulasi dengan batas jawaban dan jawaban pertamanya. Ini contoh: bukan kejadian nyata.",
        "Who answered, and when (simulated)",
        "All cases of the simulated weeks with their due dates and first answers. An example: not real.",
        ("governance",),
    ),
    Saved(
        Asked("incidents"),
        "Kejadian dan saksinya (simulasi)",
        "Semua kejadian simulasi dengan banyak saksinya. Ini contoh: bukan kejadian nyata.",
        "Incidents and their witnesses (simulated)",
        "All simulated incidents with the number of their witnesses. An example: not real.",
        ("society",),
    ),
)


def ask(city: str, cast: Cast) -> None:
    """Save the questions and ask for their first frozen answers."""
    actor, body = cast.publisher
    for one in QUESTIONS:
        made = save_question(
            actor=actor,
            body=body,
            title=one.title,
            about=one.about,
            asked=one.asked,
            title_en=one.title_en,
            about_en=one.about_en,
            dimensions=one.dimensions,
        )
        freeze(actor=actor, city=city, slug=made.slug)
