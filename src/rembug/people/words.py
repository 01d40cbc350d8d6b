"""Codes of people and bodies in the words of the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLES: dict[str, Promise] = {
    "member": _("anggota"),
    "verifier": _("pemeriksa laporan"),
    "officer": _("petugas"),
    "coordinator": _("koordinator"),
    "approver": _("pemberi persetujuan"),
    "facilitator": _("fasilitator"),
    "administrator": _("pengelola"),
}
SPHERES: dict[str, Promise] = {
    "leadership": _("Kepala daerah dan DPRD"),
    "bureaucracy": _("Birokrasi"),
    "civil_society": _("Masyarakat sipil"),
    "business": _("Dunia usaha"),
}
LEVELS: dict[str, Promise] = {
    "rw": _("RW"),
    "kelurahan": _("kelurahan"),
    "kecamatan": _("kecamatan"),
    "city": _("kota"),
    "province": _("provinsi"),
    "national": _("nasional"),
    "partner": _("mitra"),
}
STATES: dict[str, Promise] = {
    "pending": _("menunggu koordinator"),
    "confirmed": _("sudah bergabung"),
    "declined": _("belum diterima"),
    "not_joined": _("belum bergabung"),
    "closed": _("ditutup"),
}
# Kinds that a group may call itself; offices and their kinds come from the city pack.
GROUP_KINDS: dict[str, Promise] = {
    "komunitas": _("komunitas"),
    "karang-taruna": _("karang taruna"),
    "pkk": _("PKK"),
    "kelompok-siaga": _("kelompok siaga bencana"),
    "rt-rw": _("RT atau RW"),
    "organisasi": _("organisasi masyarakat"),
    "sekolah": _("sekolah atau kampus"),
    "media": _("media"),
    "koperasi": _("koperasi"),
    "perusahaan": _("perusahaan atau UMKM"),
}
OFFICE_KINDS: dict[str, Promise] = {
    "dprd": _("DPRD"),
    "wali-kota": _("wali kota"),
    "badan": _("badan"),
    "balai": _("balai"),
    "dinas": _("dinas"),
    "dinas-provinsi": _("dinas provinsi"),
    "inspektorat": _("inspektorat"),
    "kecamatan": _("kecamatan"),
    "kelurahan": _("kelurahan"),
    "mitra": _("mitra"),
    "ombudsman": _("ombudsman"),
    "rw": _("RW"),
    "sekretariat": _("sekretariat"),
}
EXPORT_KINDS: dict[str, Promise] = {
    "export": _("minta salinan"),
    "correct": _("betulkan data"),
    "withdraw": _("tarik persetujuan"),
    "delete": _("hapus data"),
}
PURPOSES: dict[str, Promise] = {"account": _("akun"), "group": _("pendaftaran kelompok")}
TABLES = {
    "role": ROLES,
    "sphere": SPHERES,
    "level": LEVELS,
    "state": STATES,
    "kind": GROUP_KINDS | OFFICE_KINDS,
    "request": EXPORT_KINDS,
    "purpose": PURPOSES,
}
