"""A group of the simulated week saves a question; the worker freezes and publishes its answer."""

from rembug.evidence.actions.ask import freeze, save_question
from rembug.evidence.rules.question import Asked
from rembug.web.demo.cast import Cast

TITLE = "Rob minggu ini (simulasi)"
ABOUT = "Semua laporan rob dari satu minggu simulasi. Ini contoh: bukan kejadian nyata. Boleh dipakai untuk belajar."
CASES = "Siapa menjawab, kapan (simulasi)"
ABOUT_CASES = (
    "Semua kasus simulasi dengan batas jawaban dan jawaban pertamanya. Ini contoh: bukan kejadian nyata."
)

TOLD = "Kejadian dan saksinya (simulasi)"
ABOUT_TOLD = "Semua kejadian simulasi dengan banyak saksinya. Ini contoh: bukan kejadian nyata."


def ask(city: str, cast: Cast) -> None:
    """Save the question and ask for its first frozen answer."""
    actor, body = cast.publisher
    made = save_question(
        actor=actor,
        body=body,
        title=TITLE,
        about=ABOUT,
        asked=Asked("reports", category="rob"),
        title_en="Tidal flooding of this week (simulated)",
        about_en="All reports of tidal flooding of one simulated week. An example: nothing of it is real.",
        dimensions=("environment", "living"),
    )
    freeze(actor=actor, city=city, slug=made.slug)
    cases = save_question(
        actor=actor,
        body=body,
        title=CASES,
        about=ABOUT_CASES,
        asked=Asked("cases"),
        title_en="Who answered, and when (simulated)",
        about_en="All cases of the simulated weeks with their due dates and first answers. An example: not real.",
        dimensions=("governance",),
    )
    freeze(actor=actor, city=city, slug=cases.slug)
    told = save_question(
        actor=actor,
        body=body,
        title=TOLD,
        about=ABOUT_TOLD,
        asked=Asked("incidents"),
        title_en="Incidents and their witnesses (simulated)",
        about_en="All simulated incidents with the number of their witnesses. An example: not real.",
        dimensions=("society",),
    )
    freeze(actor=actor, city=city, slug=told.slug)
