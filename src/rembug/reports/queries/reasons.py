"""Why a probability is what it is, as sentences: each code of a judgement has one."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from rembug.lib import say
from rembug.reports.queries.public_types import Reason

SENTENCES = {
    "prior": gettext_lazy("Titik awal: begitulah laporan serupa biasanya."),
    "dry": gettext_lazy("Pelapor melihat tempat itu kering."),
    "place": gettext_lazy("Tempatnya masuk akal."),
    "time": gettext_lazy("Waktunya masuk akal."),
    "accuracy": gettext_lazy("Letaknya tepat sampai sekitar %(metres)s meter."),
    "witnesses": gettext_lazy("%(count)s saksi mandiri dalam %(metres)s meter dan %(minutes)s menit."),
    "against": gettext_lazy("%(count)s orang di dekatnya melihat keadaan sebaliknya."),
    "votes": gettext_lazy("%(count)s orang ikut membenarkan atau menyangkal."),
    "photo_has": gettext_lazy("Ada foto."),
    "photo_fits": gettext_lazy("Foto cocok dengan laporan."),
    "photo_exif": gettext_lazy("Waktu dan tempat foto cocok dengan laporan."),
    "photo_reused": gettext_lazy("Foto ini pernah dipakai di laporan lain."),
    "photo_misfit": gettext_lazy("Foto tidak cocok dengan laporan."),
    "source_record": gettext_lazy("Laporan terdahulu dari pengirim ini ikut dihitung."),
    "community_record": gettext_lazy("Laporan terdahulu dari komunitas ini ikut dihitung."),
    "physics": gettext_lazy("Pasang dan tinggi tanah cocok dengan laporan."),
    "decided_true": gettext_lazy("Pemeriksa menyatakan laporan ini benar."),
    "decided_false": gettext_lazy("Pemeriksa menyatakan laporan ini tidak terbukti."),
}
AGAINST = {
    "place": gettext_lazy("Tempatnya janggal untuk laporan ini."),
    "time": gettext_lazy("Waktunya janggal."),
    "accuracy": gettext_lazy("Letaknya kurang tepat: sekitar %(metres)s meter."),
    "votes": gettext_lazy("%(count)s orang menilai; lebih banyak yang menyangkal."),
    "physics": gettext_lazy("Pasang dan tinggi tanah tidak cocok dengan laporan."),
}
OTHER = gettext_lazy("Tanda lain ikut dihitung.")
# Track records of people are never public: that they count is said, their figures are not.
HIDDEN_NUMBERS = {"source_record", "community_record"}


def sentence(code: str, weight: float, numbers: Mapping[str, Any]) -> str:
    """Return the sentence of a reason's code; `witnesses_known` and `witnesses_new` share their stem's."""
    stem = code.partition("_")[0]
    words = SENTENCES.get(code) or SENTENCES.get(stem, OTHER)
    if weight < 0:
        words = AGAINST.get(code, words)
    if code in HIDDEN_NUMBERS or "%(" not in str(words):
        return str(words)
    said = {name: say.number(float(numbers.get(name, 0)), 1) for name in ("count", "metres", "minutes")}
    return str(words) % said


def readable(stored: list[dict[str, Any]]) -> tuple[Reason, ...]:
    """Return stored reasons (`code`, `log_odds`, `numbers`) as sentences, in the order in which they come."""
    return tuple(
        Reason(sentence(row["code"], row["log_odds"], row["numbers"]), row["log_odds"]) for row in stored
    )
