"""What a facilitator fills in to ask a what-if."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from rembug.lib import say
from rembug.lib.pack import WaterFacts
from rembug.water.rules.whatif import HIGHEST_CREST_M, LEVELS_M, LONGEST_M, STRONGEST, Change

OUTLOOKS = (
    ("now", gettext_lazy("Sekarang")),
    ("low", gettext_lazy("2035, batas bawah terbitan")),
    ("middle", gettext_lazy("2035, tengah")),
    ("high", gettext_lazy("2035, batas atas terbitan")),
)


class ScenarioForm(forms.Form):
    """Title, sea level, year, and a field for each dyke and pump of the city."""

    title = forms.CharField(label=gettext_lazy("Judul"), min_length=3, max_length=120)
    level_m = forms.FloatField(
        label=gettext_lazy("Muka laut tertinggi (meter dari rata-rata sekarang)"),
        min_value=LEVELS_M[0],
        max_value=LEVELS_M[1],
        initial=0.9,
    )
    outlook = forms.ChoiceField(label=gettext_lazy("Tahun"), choices=OUTLOOKS)

    def __init__(self, *given: Any, facts: WaterFacts, **named: Any) -> None:
        super().__init__(*given, **named)
        self.facts = facts
        tongue = get_language() or "id"
        for dyke in facts.dykes:
            name = dyke.names.get(tongue) or dyke.names["id"]
            self.fields[f"crest-{dyke.code}"] = forms.FloatField(
                label=gettext("%(name)s: puncak baru (meter, sekarang %(now)s)")
                % {"name": name, "now": say.number(dyke.crest_m, 2)},
                required=False,
                min_value=0,
                max_value=HIGHEST_CREST_M,
            )
            self.fields[f"extend-{dyke.code}"] = forms.FloatField(
                label=gettext("%(name)s: diperpanjang (meter)") % {"name": name},
                required=False,
                min_value=0,
                max_value=LONGEST_M,
            )
        for pump in facts.pumps:
            name = pump.names.get(tongue) or pump.names["id"]
            self.fields[f"pump-{pump.code}"] = forms.FloatField(
                label=gettext("%(name)s: kapasitas (m³ per detik)") % {"name": name},
                required=False,
                min_value=0,
                max_value=STRONGEST,
            )

    def change(self) -> Change:
        """Return the change that was filled in; empty fields change nothing."""
        return Change(
            self.cleaned_data["level_m"],
            self.cleaned_data["outlook"],
            self._filled("crest-"),
            self._filled("extend-"),
            self._filled("pump-"),
        )

    def _filled(self, prefix: str) -> dict[str, float]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }
