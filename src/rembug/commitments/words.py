"""Codes of promises in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

KINDS = {
    "works": gettext_lazy("Pekerjaan fisik"),
    "funding": gettext_lazy("Dana"),
    "facility": gettext_lazy("Fasilitas"),
    "service": gettext_lazy("Layanan"),
    "rule": gettext_lazy("Aturan"),
    "time": gettext_lazy("Tenaga warga"),
}
SOURCES = {
    "apbd": gettext_lazy("APBD"),
    "pokir": gettext_lazy("APBD lewat Pokir"),
    "apbn": gettext_lazy("APBN"),
    "csr": gettext_lazy("CSR perusahaan"),
    "swadaya": gettext_lazy("Swadaya warga"),
    "grant": gettext_lazy("Hibah"),
    "partner": gettext_lazy("Mitra"),
    "none": gettext_lazy("Tanpa dana"),
}
STATES = {
    "promised": gettext_lazy("dijanjikan"),
    "funded": gettext_lazy("didanai"),
    "under_way": gettext_lazy("berjalan"),
    "delivered": gettext_lazy("selesai dikerjakan"),
    "late": gettext_lazy("terlambat"),
    "broken": gettext_lazy("tidak ditepati"),
    "withdrawn": gettext_lazy("ditarik"),
}
OUTCOMES = {
    "working": gettext_lazy("berhasil"),
    "no_effect": gettext_lazy("belum terlihat hasilnya"),
    "unknown": gettext_lazy("belum cukup data"),
}
REASONS = {
    "reached": gettext_lazy("Berkurang, lebih dari yang bisa terjadi kebetulan, dan target tercapai."),
    "below-target": gettext_lazy("Ada perbaikan, tetapi di bawah target."),
    "none-seen": gettext_lazy("Tidak ada perbedaan yang bisa dibedakan dari kebetulan."),
    "worse": gettext_lazy("Sesudahnya lebih sering daripada sebelumnya."),
    "placebo": gettext_lazy("Perubahan sebesar ini juga muncul ketika tidak ada pekerjaan."),
    "power": gettext_lazy("Harinya terlalu sedikit untuk melihat perubahan sebesar target."),
    "few-days": gettext_lazy("Hari dengan pasang setinggi itu yang teramati masih terlalu sedikit."),
    "few-placebos": gettext_lazy("Masa sebelum terlalu pendek untuk diuji."),
    "coverage-before": gettext_lazy("Pengamatan sebelum pekerjaan terlalu jarang."),
    "coverage-after": gettext_lazy("Pengamatan sesudah pekerjaan terlalu jarang."),
    "coverage-control": gettext_lazy("Pengamatan di wilayah pembanding terlalu jarang."),
    "tide-differs": gettext_lazy("Pasang sesudahnya berbeda dari sebelumnya, jadi tidak bisa dibandingkan."),
    "nothing-to-reduce": gettext_lazy("Sebelumnya hampir tidak ada rob yang teramati di sini."),
}
VERBS = {
    "fund": gettext_lazy("Dana tersedia"),
    "start": gettext_lazy("Mulai dikerjakan"),
    "reach": gettext_lazy("Tonggak tercapai"),
    "deliver": gettext_lazy("Dinyatakan selesai oleh pemilik"),
    "confirm": gettext_lazy("Dipastikan pihak lain"),
    "dispute": gettext_lazy("Dibantah pihak lain"),
    "break": gettext_lazy("Tidak ditepati"),
    "withdraw": gettext_lazy("Ditarik"),
}
EVIDENCE = {
    "report": gettext_lazy("Laporan"),
    "incident": gettext_lazy("Kejadian"),
    "case": gettext_lazy("Kasus"),
    "dataset": gettext_lazy("Kumpulan data"),
    "meeting": gettext_lazy("Pertemuan"),
    "call": gettext_lazy("Ajakan"),
    "proposal": gettext_lazy("Usulan"),
    "document": gettext_lazy("Dokumen (nomor atau alamat https)"),
}
NEED_STATES = {
    "asked": gettext_lazy("diminta"),
    "offered": gettext_lazy("ditawarkan"),
    "lent": gettext_lazy("dipinjamkan"),
    "returned": gettext_lazy("dikembalikan"),
    "declined": gettext_lazy("ditolak"),
    "cancelled": gettext_lazy("dibatalkan"),
}
NEED_VERBS = {
    "offer": gettext_lazy("Ditawarkan"),
    "lend": gettext_lazy("Diserahkan kepada peminjam"),
    "return": gettext_lazy("Diterima kembali"),
    "decline": gettext_lazy("Ditolak"),
    "cancel": gettext_lazy("Dibatalkan peminjam"),
}
GRANT_STATES = {
    "asked": gettext_lazy("diminta"),
    "checked": gettext_lazy("sudah diperiksa"),
    "planned": gettext_lazy("masuk rencana"),
    "granted": gettext_lazy("diberikan"),
    "refused": gettext_lazy("ditolak"),
    "withdrawn": gettext_lazy("ditarik"),
}
GRANT_VERBS = {
    "check": gettext_lazy("Syarat diperiksa"),
    "plan": gettext_lazy("Masuk rencana"),
    "grant": gettext_lazy("Diberikan"),
    "refuse": gettext_lazy("Ditolak"),
    "withdraw": gettext_lazy("Ditarik"),
}
GRANT_BUTTONS = {
    "check": gettext_lazy("Simpan pemeriksaan"),
    "plan": gettext_lazy("Masukkan ke rencana"),
    "grant": gettext_lazy("Berikan"),
    "refuse": gettext_lazy("Tolak"),
    "withdraw": gettext_lazy("Tarik permintaan"),
}
TABLES = {
    "grant": GRANT_STATES,
    "grant_verb": GRANT_VERBS,
    "need": NEED_STATES,
    "need_verb": NEED_VERBS,
    "kind": KINDS,
    "source": SOURCES,
    "state": STATES,
    "outcome": OUTCOMES,
    "reason": REASONS,
    "verb": VERBS,
    "evidence": EVIDENCE,
}
