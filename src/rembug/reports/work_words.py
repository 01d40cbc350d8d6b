"""Codes of the handlers' pages in the words of the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERDICTS: dict[str, Promise] = {
    "true": _("Benar"),
    "false": _("Tidak terbukti"),
    "unsure": _("Belum pasti"),
}
DECISIONS: dict[str, Promise] = {
    "seen": _("Saya melihat sendiri"),
    "photo_fits": _("Fotonya cocok"),
    "called_witness": _("Saksi sudah dihubungi"),
    "official_source": _("Ada sumber resmi"),
    "measured": _("Sudah diukur di tempat"),
    "seen_otherwise": _("Saya melihat keadaan lain"),
    "wrong_place": _("Tempatnya salah"),
    "wrong_time": _("Waktunya salah"),
    "old_photo": _("Fotonya foto lama"),
    "not_about_this": _("Bukan tentang hal ini"),
    "joke": _("Hanya main-main"),
    "mistake": _("Putusan sebelumnya keliru"),
    "new_facts": _("Ada keterangan baru"),
}
TAKE_DOWN: dict[str, Promise] = {
    "private": _("Memuat data pribadi"),
    "insult": _("Menghina orang"),
    "danger": _("Membahayakan orang"),
    "not_a_report": _("Bukan laporan"),
    "wrong_place": _("Tempatnya salah"),
    "request": _("Diminta oleh yang bersangkutan"),
}
HIDE: dict[str, Promise] = {
    "face": _("Wajah orang terlihat"),
    "plate": _("Pelat nomor terlihat"),
    "home": _("Isi rumah terlihat"),
    "indecent": _("Tidak pantas"),
    "not_about_this": _("Bukan tentang hal ini"),
    "request": _("Diminta oleh yang bersangkutan"),
}
PHOTO_STATES: dict[str, Promise] = {
    "ready": _("menunggu dilihat"),
    "public": _("tampil untuk umum"),
    "hidden": _("disembunyikan"),
}
SINCES: dict[str, Promise] = {
    "now": _("baru saja"),
    "morning": _("sejak tadi pagi"),
    "yesterday": _("sejak kemarin"),
}
SETTINGS: dict[str, Promise] = {
    "street": _("di jalan"),
    "yard": _("di halaman"),
    "house": _("di dalam rumah"),
}
LOCATED: dict[str, Promise] = {
    "gps": _("lokasi HP"),
    "map": _("ketukan di peta"),
    "area": _("kelurahan atau patokan"),
    "import": _("data impor"),
}
CHANNELS: dict[str, Promise] = {
    "web": _("situs ini"),
    "api": _("aplikasi lain"),
    "open311": _("sistem lain lewat Open311"),
    "operator": _("pesan ke kota"),
    "campaign": _("pantau bareng"),
    "import": _("data impor"),
}
# Plain sentences to choose from; they stand in public, signed with the office.
REPLIES: dict[str, Promise] = {
    "read": _("Laporan Anda sudah kami baca. Terima kasih."),
    "on_the_way": _("Petugas kami menuju lokasi."),
    "pump_on": _("Pompa sudah dinyalakan. Air akan surut bertahap."),
    "scheduled": _("Perbaikan sudah kami jadwalkan. Tanggalnya kami kabari di sini."),
    "passed_on": _("Ini kewenangan instansi lain. Laporan sudah kami teruskan."),
    "need_more": _("Kami perlu keterangan lagi. Tambahkan foto atau patokan tempat."),
    "done": _("Sudah ditangani. Kabari kami bila masih terjadi."),
}
TABLES = {
    "verdict": VERDICTS,
    "decision": DECISIONS,
    "take_down": TAKE_DOWN,
    "hide": HIDE,
    "photo": PHOTO_STATES,
    "since": SINCES,
    "setting": SETTINGS,
    "located": LOCATED,
    "channel": CHANNELS,
}


def said(code: str, table: str) -> str:
    """Return a code in the words of the screen; an unknown one stands for itself."""
    return str(TABLES[table].get(code, code))
