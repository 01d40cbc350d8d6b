"""A group of the simulated week saves a question; the worker freezes and publishes its answer."""

from rembug.evidence.actions.ask import freeze, save_question
from rembug.evidence.rules.question import Asked
from rembug.web.demo.cast import Cast

TITLE = "Rob minggu ini (simulasi)"
ABOUT = "Semua laporan rob dari satu minggu simulasi. Ini contoh: bukan kejadian nyata. Boleh dipakai untuk belajar."


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
