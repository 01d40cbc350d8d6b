"""Codes of proposals in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

FIELDS = {
    "infrastructure": gettext_lazy("Prasarana"),
    "economy": gettext_lazy("Ekonomi"),
    "social": gettext_lazy("Sosial"),
    "culture": gettext_lazy("Budaya"),
}
PATHS = {
    "musrenbang": gettext_lazy("Musrenbang, dari RW"),
    "pokir": gettext_lazy("Pokir, lewat reses DPRD"),
}
STATES = {
    "open": gettext_lazy("berjalan"),
    "refused": gettext_lazy("tidak disetujui"),
    "realised": gettext_lazy("terwujud"),
    "merged": gettext_lazy("digabung"),
    "withdrawn": gettext_lazy("ditarik"),
}
OUTCOMES = {
    "accepted": gettext_lazy("Disetujui"),
    "part": gettext_lazy("Disetujui sebagian"),
    "referred": gettext_lazy("Diteruskan"),
    "refused": gettext_lazy("Tidak disetujui"),
}
ANSWERS = {
    "accept": gettext_lazy("Menerima"),
    "part": gettext_lazy("Menerima sebagian"),
    "refuse": gettext_lazy("Menolak"),
    "refer": gettext_lazy("Meneruskan"),
}
COURSE = {
    "delivered": gettext_lazy("diserahkan"),
    "received": gettext_lazy("diterima"),
    "met": gettext_lazy("bertemu"),
    "answered": gettext_lazy("dijawab"),
    "copied": gettext_lazy("dijawab lewat surat, disalin pengusul"),
    "agreed": gettext_lazy("disepakati"),
}
PASSAGES = {
    "entered": gettext_lazy("Usulan diterbitkan"),
    "withdrawn": gettext_lazy("Ditarik pengusul"),
    "again": gettext_lazy("Diajukan lagi"),
    "rolled": gettext_lazy("Tahap lewat tanpa keputusan, masuk siklus berikutnya"),
    "split": gettext_lazy("Dipecah"),
    "wished": gettext_lazy("Minta digabung"),
    "merged": gettext_lazy("Digabung"),
    "took-in": gettext_lazy("Menerima gabungan"),
}
SIDES = {"for": gettext_lazy("Mendukung"), "against": gettext_lazy("Keberatan")}
SPHERES = {
    "leadership": gettext_lazy("Kepala daerah dan DPRD"),
    "bureaucracy": gettext_lazy("Birokrasi"),
    "civil_society": gettext_lazy("Masyarakat sipil"),
    "business": gettext_lazy("Dunia usaha"),
}
TABLES = {
    "field": FIELDS,
    "path": PATHS,
    "state": STATES,
    "outcome": OUTCOMES,
    "answer": ANSWERS,
    "course": COURSE,
    "passage": PASSAGES,
    "side": SIDES,
    "sphere": SPHERES,
}
