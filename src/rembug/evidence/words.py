"""Words of codes, as people read them."""

from django.utils.translation import gettext_lazy

GENDER_NAMES = (("f", gettext_lazy("Perempuan")), ("m", gettext_lazy("Laki-laki")))
AGE_NAMES = (
    ("0-17", gettext_lazy("di bawah 18 tahun")),
    ("18-24", gettext_lazy("18–24 tahun")),
    ("25-44", gettext_lazy("25–44 tahun")),
    ("45-59", gettext_lazy("45–59 tahun")),
    ("60+", gettext_lazy("60 tahun ke atas")),
)
