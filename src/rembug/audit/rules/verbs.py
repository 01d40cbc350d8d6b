"""What each verb of the log says to a reader. Every verb that the platform writes has its line here (tested)."""

import json
from typing import NamedTuple


class Verb(NamedTuple):
    """A verb's sentences, and whether people do it as citizens: then their name is sealed, whatever their office.

    `is_seen`: the object stands on its public page after it.
    """

    indonesian: str
    english: str
    by_citizen: bool = False
    is_seen: bool = True


VERBS: dict[str, Verb] = {
    "key.issued": Verb("Kunci untuk sistem lain dibuat", "A key for another system was made"),
    "key.ended": Verb("Kunci sistem lain diakhiri", "A key of another system was ended"),
    "cases.loaded": Verb("Aturan penanganan dimuat dari paket kota", "Rules of handling were loaded"),
    "case.opened": Verb("Kasus dibuka", "A case was opened"),
    "case.triaged": Verb("Kasus dipilah", "A case was triaged"),
    "case.assigned": Verb("Kasus diserahkan", "A case was assigned"),
    "case.progress": Verb("Kasus dikerjakan", "Work on a case began"),
    "case.waiting": Verb("Kasus menunggu pelapor", "A case waits for the reporter"),
    "case.answered": Verb("Kasus dijawab", "A case was answered"),
    "case.done": Verb("Kerja pada kasus selesai", "The work on a case was done"),
    "case.settled": Verb("Kasus tuntas", "A case was settled"),
    "case.rejected": Verb("Kasus tidak diterima", "A case was not accepted"),
    "case.referred": Verb("Kasus diteruskan ke luar", "A case was referred outside"),
    "case.reopened": Verb("Kasus dibuka lagi", "A case was reopened"),
    "case.escalated": Verb("Kasus naik ke jenjang berikutnya", "A late case went up the ladder"),
    "case.numbered": Verb("Nomor rujukan kasus ditulis", "The number of a case's referral was written"),
    "case.drawn": Verb("Kasus terpilih untuk cek ulang", "A case was drawn for a second look"),
    "case.inspected": Verb("Kasus dicek ulang", "A case was looked at again"),
    "cases.brought": Verb("Aduan saluran lain dimasukkan", "Complaints of another channel were brought in"),
    "case.forwarded": Verb("Kasus akan diteruskan ke sistem lain", "A case is to go on to another system"),
    "case.heard": Verb("Sistem lain memberi kabar kasus", "Another system told news of a case"),
    "paper.received": Verb("Berkas disimpan pada kasus", "A document was kept with a case"),
    "paper.shown": Verb("Berkas kasus ditampilkan", "A document of a case was shown"),
    "paper.hidden": Verb("Berkas kasus ditutup", "A document of a case was hidden"),
    "case.about": Verb("Ditulis tentang siapa kasus ini", "It was written about whom a case is"),
    "case.replied": Verb("Hak jawab dipakai", "The right of reply was used"),
    "case.noted": Verb("Catatan kerja ditulis", "A working note was written"),
    "case.warned": Verb("Janji waktu hampir atau sudah lewat", "A promise is nearly or already over"),
    "case.moved_due": Verb("Janji waktu dihitung ulang", "A promise was computed anew"),
    "call.made": Verb("Ajakan dibuat", "A call was made"),
    "call.joined": Verb("Seseorang ikut ajakan", "Somebody joined a call"),
    "call.cancelled": Verb("Ajakan dibatalkan", "A call was cancelled"),
    "call.closed": Verb("Hasil ajakan ditulis", "The result of a call was written"),
    "call.point_dropped": Verb("Titik pantau dihapus", "A point to observe was taken off"),
    "meeting.arranged": Verb("Pertemuan dijadwalkan", "A meeting was arranged"),
    "meeting.invited": Verb("Pihak diundang ke pertemuan", "Bodies were invited to a meeting"),
    "meeting.answered": Verb("Undangan pertemuan dijawab", "An invitation to a meeting was answered"),
    "meeting.cancelled": Verb("Pertemuan dibatalkan", "A meeting was cancelled"),
    "meeting.attended": Verb("Kehadiran dihitung", "Attendance was counted"),
    "meeting.written": Verb("Notulensi ditulis", "Minutes were written"),
    "meeting.approved": Verb("Notulensi disetujui", "Minutes were approved"),
    "meeting.office_answered": Verb("Instansi menjawab audiensi", "An office answered an audience"),
    "calendar.joined": Verb(
        "Kalender pihak masuk kalender bersama", "A body's calendar joined the joint one"
    ),
    "calendar.ended": Verb("Kalender pihak dilepas", "A body's calendar left the joint one"),
    "position.written": Verb("Sikap bersama diterbitkan", "A joint position was published"),
    "position.signed": Verb("Sikap bersama ditandatangani", "A joint position was signed"),
    "position.withdrawn": Verb("Tanda tangan ditarik", "A signature was withdrawn"),
    "plan.added": Verb("Rencana tindak lanjut ditambah", "A follow-up item was added"),
    "plan.moved": Verb("Rencana tindak lanjut berubah keadaan", "A follow-up item changed its state"),
    "plan.reminded": Verb("Pihak diingatkan akan rencananya", "A body was reminded of its item"),
    "planning.loaded": Verb("Jalur perencanaan dimuat dari paket kota", "The planning path was loaded"),
    "proposal.entered": Verb("Usulan diterbitkan", "A proposal was published"),
    "proposal.withdrawn": Verb("Usulan ditarik", "A proposal was taken back"),
    "proposal.again": Verb("Usulan diajukan lagi", "A proposal was entered again"),
    "proposal.rolled": Verb(
        "Usulan melewati tahapnya dan masuk siklus berikutnya", "A proposal missed its stage and rolled over"
    ),
    "proposal.split": Verb("Usulan dipecah", "A proposal was split"),
    "proposal.wished": Verb("Usulan minta digabung", "A proposal asked to be joined with another"),
    "proposal.merged": Verb("Usulan digabung", "A proposal was joined with another"),
    "proposal.took-in": Verb("Usulan menerima gabungan", "A proposal took another in"),
    "proposal.decided": Verb("Usulan diputuskan pada tahapnya", "A proposal was decided at its stage"),
    "proposal.supported": Verb("Usulan didukung", "A proposal was supported"),
    "proposal.unsupported": Verb("Dukungan ditarik", "Support was taken back"),
    "proposal.argued": Verb("Alasan ditulis pada usulan", "A reason was given on a proposal"),
    "proposal.hidden": Verb("Satu alasan disembunyikan", "A reason was hidden"),
    "demand.delivered": Verb("Usulan diserahkan kepada satu pihak", "A proposal was handed to a body"),
    "demand.moved": Verb("Lembar jawaban bertambah", "An answer sheet grew by a step"),
    "promise.made": Verb("Satu pihak berjanji", "A body made a promise"),
    "promise.moved": Verb("Komitmen melangkah, dengan bukti", "A promise moved, with evidence"),
    "promise.measured": Verb("Hasil komitmen diukur dari data", "A promise was measured from the data"),
    "desk.loaded": Verb(
        "Meja fasilitas dan hibah dimuat dari paket kota", "Things to lend and routes to grants were loaded"
    ),
    "thing.listed": Verb("Barang untuk dipinjam didaftarkan", "A thing to be lent was listed"),
    "thing.retired": Verb("Barang pinjaman ditarik dari daftar", "A thing is no longer lent"),
    "grant.asked": Verb("Hibah atau bantuan diminta", "A grant was asked for"),
    "grant.moved": Verb("Permintaan hibah melangkah", "A request for a grant moved"),
    "need.asked": Verb("Fasilitas diminta", "A facility was asked for"),
    "need.moved": Verb("Permintaan fasilitas melangkah", "A request for a facility moved"),
    "lessons.loaded": Verb("Pelajaran dimuat dari paket kota", "Lessons were loaded from the city's pack"),
    "class.opened": Verb("Kelas dibuka", "A class was opened"),
    "class.answered": Verb("Lembar jawaban kelas dihitung", "A sheet of a class was counted"),
    "class.closed": Verb("Kelas ditutup", "A class was closed"),
    "confidential.loaded": Verb(
        "Aturan laporan rahasia dimuat dari paket kota", "Rules of confidential reports were loaded"
    ),
    "confidential.box_opened": Verb(
        "Satu pihak membuka kotak laporan rahasia", "A body opened its box for confidential reports"
    ),
    "confidential.box_closed": Verb(
        "Kotak laporan rahasia ditutup; kuncinya hilang", "A box for confidential reports was closed"
    ),
    "confidential.key_handed": Verb(
        "Kunci kotak rahasia diserahkan kepada petugas lain", "A key of a confidential box was handed on"
    ),
    "confidential.key_taken": Verb(
        "Petugas menerima kunci kotak rahasia", "An officer took a key of a confidential box"
    ),
    "confidential.unmask_asked": Verb(
        "Petugas meminta membuka nama pelapor rahasia", "An officer asked to learn a confidential name"
    ),
    "confidential.unmask_granted": Verb(
        "Petugas kedua menyetujui nama pelapor dibuka", "A second officer agreed to open a name"
    ),
    "confidential.unmask_refused": Verb(
        "Petugas kedua menolak nama pelapor dibuka", "A second officer refused to open a name"
    ),
    "confidential.identity_shown": Verb(
        "Nama pelapor rahasia dilihat", "The name of a confidential reporter was looked at"
    ),
    "alerts.loaded": Verb("Aturan peringatan dimuat dari paket kota", "Rules of warnings were loaded"),
    "alert.drafted": Verb("Rancangan peringatan dibuat", "A warning was drafted"),
    "alert.edited": Verb("Rancangan peringatan diubah", "A draft of a warning was changed"),
    "alert.approved": Verb("Peringatan disetujui satu orang", "One person approved a warning"),
    "alert.refused": Verb("Rancangan peringatan ditolak", "A draft of a warning was refused"),
    "alert.released": Verb("Peringatan diterbitkan", "A warning was released"),
    "alert.ended": Verb("Peringatan berakhir", "A warning ended"),
    "alert.relayed": Verb(
        "Peringatan resmi diteruskan apa adanya", "An official warning was relayed unchanged"
    ),
    "alert.follow_asked": Verb(
        "Seseorang ingin mengikuti peringatan", "Somebody asked to follow warnings", by_citizen=True
    ),
    "alert.follow_confirmed": Verb(
        "Seseorang mengikuti peringatan", "Somebody follows warnings", by_citizen=True
    ),
    "alert.follow_stopped": Verb(
        "Seseorang berhenti mengikuti peringatan", "Somebody stopped following", by_citizen=True
    ),
    "dossier.published": Verb(
        "Data dukung terbit, angkanya dihitung ulang", "A dossier was published, its numbers recomputed"
    ),
    "dossier.reviewed": Verb("Data dukung diperiksa pihak lain", "A dossier was reviewed by another body"),
    "dossier.commented": Verb("Data dukung dikomentari", "A dossier was commented on"),
    "dossier.uncommented": Verb("Komentar data dukung ditarik", "A comment on a dossier was taken back"),
    "dossier.comment_hidden": Verb("Komentar data dukung disembunyikan", "A comment on a dossier was hidden"),
    "survey.opened": Verb("Survei dibuka", "A survey was opened"),
    "survey.answered": Verb("Lembar survei dihitung", "A sheet of a survey was counted"),
    "survey.paper": Verb("Lembar survei dari kertas dihitung", "Paper sheets of a survey were counted"),
    "survey.closed": Verb("Survei ditutup", "A survey was closed"),
    "survey.paper_void": Verb("Tumpukan kertas dibatalkan", "A pile of paper sheets was taken back"),
    "workshop.opened": Verb("Peta warga dimulai", "A common map was begun"),
    "workshop.items": Verb("Tanda peta warga dimasukkan", "Marks of a common map were entered"),
    "workshop.reviewed": Verb("Tanda peta warga diperiksa", "Marks of a common map were reviewed"),
    "dataset.asked": Verb("Pertanyaan data disimpan", "A question of data was saved"),
    "dataset.version.published": Verb("Versi data dibekukan dan terbit", "A frozen version was published"),
    "report.received": Verb("Laporan warga diterima", "A report was received", by_citizen=True),
    "report.corrected": Verb(
        "Pelapor membetulkan laporannya", "The reporter corrected the report", by_citizen=True
    ),
    "report.withdrawn": Verb(
        "Pelapor menarik laporannya", "The reporter withdrew the report", by_citizen=True
    ),
    "report.followed_up": Verb(
        "Pelapor memberi kabar lanjutan", "The reporter said how it went on", by_citizen=True
    ),
    "report.erased": Verb(
        "Isi laporan dihapus atas permintaan pelapor",
        "The report was erased on its sender's wish",
        by_citizen=True,
    ),
    "report.decided": Verb("Laporan diputuskan oleh pemeriksa", "A verifier decided on the report"),
    "report.masked": Verb("Data pribadi dalam laporan ditutup", "Personal data in the report was masked"),
    "report.taken_down": Verb("Laporan diturunkan dari halaman publik", "The report was taken down"),
    "report.restored": Verb("Laporan ditampilkan kembali", "The report was restored"),
    "report.separated": Verb(
        "Laporan dipisahkan dari kejadiannya", "The report was separated from its incident"
    ),
    "incident.merged": Verb("Beberapa kejadian digabung", "Incidents were merged"),
    "incident.read": Verb("Kejadian sudah dibaca", "The incident was read"),
    "incident.voted": Verb(
        "Warga menilai kejadian", "A citizen confirmed or denied the incident", by_citizen=True
    ),
    "report.rung_changed": Verb("Tingkat keyakinan laporan berubah", "How sure we are of the report changed"),
    "reports.imported": Verb(
        "Laporan dari sistem lain dimasukkan", "Reports of another system were imported"
    ),
    "reports.learned": Verb(
        "Bobot penilaian dipelajari dari hasil pemeriksaan",
        "The weights of judging were learnt from decisions",
    ),
    "reports.assessed": Verb("Laporan dinilai ulang", "Reports were assessed"),
    "photo.received": Verb("Foto diterima", "A photo was received", by_citizen=True),
    "photo.linked": Verb("Foto akan diambil dari sistem lain", "A photo will be fetched", by_citizen=True),
    "photo.ready": Verb("Foto siap dilihat petugas", "A photo is ready to be looked at"),
    "photo.refused": Verb("Foto tidak dapat dipakai", "A photo could not be used"),
    "photo.shown": Verb("Foto ditampilkan untuk umum", "A photo was made public"),
    "photo.hidden": Verb("Foto disembunyikan", "A photo was hidden"),
    "photo.judged": Verb("Foto dibandingkan dengan laporannya", "A photo was compared with its report"),
    "incident.opened": Verb("Kejadian baru terbentuk", "An incident was opened"),
    "incident.retired": Verb(
        "Kejadian ditutup karena laporannya pindah", "The incident's reports went elsewhere"
    ),
    "reply.published": Verb("Tanggapan diterbitkan", "A reply was published"),
    "reply.withdrawn": Verb("Tanggapan ditarik", "A reply was withdrawn"),
    "reply.pasted": Verb(
        "Tanggapan disampaikan ke kanal asal laporan", "A reply went back to the channel of the report"
    ),
    "city.loaded": Verb("Data kota dimuat", "The city's data were loaded"),
    "city.simulated": Verb(
        "Kota diisi laporan buatan untuk latihan", "The city was filled with made-up reports"
    ),
    "categories.loaded": Verb("Jenis laporan dimuat", "The kinds of reports were loaded"),
    "boundaries.imported": Verb("Batas wilayah dimuat", "Boundaries of areas were imported"),
    "water.loaded": Verb("Data air laut kota dimuat", "The city's data of the sea were loaded"),
    "terrain.adopted": Verb("Peta tinggi tanah dipakai", "A map of ground heights was adopted"),
    "scenario.asked": Verb("Skenario air diminta", "A what-if about the water was asked"),
    "scenario.computed": Verb("Skenario air selesai dihitung", "A what-if about the water was computed"),
    "terrain.dropped": Verb(
        "Peta tinggi tanah kembali ke ilustrasi", "Ground heights went back to the illustration"
    ),
    "levels.imported": Verb("Data tinggi air dimasukkan", "Levels of the gauge were imported"),
    "levels.feed_set": Verb("Sumber data tinggi air diatur", "The source of levels was set"),
    "station.adopted": Verb("Konstanta pasang surut dipakai", "Tide constants were adopted"),
    "station.given_up": Verb(
        "Konstanta pasang surut kembali ke paket kota", "Tide constants went back to the city pack"
    ),
    "body.listed": Verb("Pihak dicantumkan", "A body was listed"),
    "body.updated": Verb("Keterangan pihak diperbarui", "A body's particulars were updated"),
    "body.closed": Verb("Pihak ditutup", "A body was closed"),
    "body.made": Verb("Pihak dibuat", "A body was made"),
    "body.demo-made": Verb("Pihak contoh dibuat", "An example body was made"),
    "body.merged": Verb("Pihak kembar digabung", "A double of a body was merged"),
    "body.imported": Verb("Pihak diimpor dari tabel", "A body was imported from a table"),
    "body.written-to": Verb("Pihak menerima pesan", "A body received a message", by_citizen=True),
    "body.message-handled": Verb("Pesan kepada pihak selesai", "A message to a body was dealt with"),
    "body.joined": Verb("Pihak bergabung", "A body joined"),
    "body.registered": Verb("Pihak mendaftarkan diri", "A body registered itself", is_seen=False),
    "body.confirmed": Verb("Pendaftaran pihak diterima", "A body's registration was confirmed"),
    "body.declined": Verb("Pendaftaran pihak ditolak", "A body's registration was declined", is_seen=False),
    "person.demo-made": Verb("Akun contoh dibuat", "An example account was made"),
    "person.disabled": Verb("Akun dinonaktifkan", "An account was disabled"),
    "person.enabled": Verb("Akun diaktifkan kembali", "An account was enabled again"),
    "person.erased": Verb("Data pribadi akun dihapus", "An account's personal data were erased"),
    "person.signed-out": Verb(
        "Semua sesi akun diakhiri", "All sessions of an account were ended", by_citizen=True
    ),
    "invitation.made": Verb("Undangan peran dibuat", "An invitation to a role was made"),
    "invitation.accepted": Verb("Undangan peran diterima", "An invitation to a role was accepted"),
    "invitation.revoked": Verb("Undangan peran dibatalkan", "An invitation to a role was revoked"),
    "role.ended": Verb("Peran diakhiri", "A role was ended"),
    "data.asked": Verb(
        "Warga meminta data pribadinya", "Somebody asked for their personal data", by_citizen=True
    ),
    "data.answered": Verb("Permintaan data pribadi dijawab", "A request about personal data was answered"),
    "consent.given": Verb("Persetujuan data diberikan", "Consent to data use was given", by_citizen=True),
    "consent.withdrawn": Verb(
        "Persetujuan data ditarik", "Consent to data use was withdrawn", by_citizen=True
    ),
}

KINDS: dict[str, tuple[str, str, str]] = {  # kind of object: Indonesian, English, address
    "report": ("Laporan", "Report", "/laporan/{}/"),
    "incident": ("Kejadian", "Incident", "/kejadian/{}/"),
    "body": ("Pihak", "Body", "/pihak/{}/"),
    "area": ("Wilayah", "Area", "/wilayah/{}/"),
    "reply": ("Tanggapan", "Reply", ""),
    "photo": ("Foto", "Photo", ""),
    "person": ("Akun", "Account", ""),
    "invitation": ("Undangan", "Invitation", ""),
    "consent": ("Persetujuan", "Consent", ""),
    "data-request": ("Permintaan data", "Data request", ""),
    "city": ("Kota", "City", ""),
    "case": ("Kasus", "Case", "/kasus/{}/"),
    "meeting": ("Pertemuan", "Meeting", "/pertemuan/{}/"),
    "plan": ("Rencana tindak lanjut", "Follow-up item", "/tindak-lanjut/{}/"),
    "position": ("Sikap bersama", "Joint position", "/sikap/{}/"),
    "call": ("Ajakan", "Call", "/ajakan/{}/"),
    "dossier": ("Data dukung", "Dossier", "/data/dukung/{}/"),
    "proposal": ("Usulan", "Proposal", "/usulan/{}/"),
    "demand": ("Lembar jawaban", "Answer sheet", "/jawaban/{}/"),
    "promise": ("Komitmen", "Promise", "/komitmen/{}/"),
    "alert": ("Peringatan", "Warning", "/peringatan/{}/"),
    "dataset": ("Kumpulan data", "Dataset", "/data/kumpulan/{}/"),
    "survey": ("Survei", "Survey", "/survei/{}/"),
    "workshop": ("Peta warga", "Common map", "/peta-warga/{}/"),
    "need": ("Permintaan fasilitas", "Request for a facility", "/fasilitas/{}/"),
    "grant": ("Permintaan hibah", "Request for a grant", "/hibah/{}/"),
    "scenario": ("Skenario air", "What-if about the water", "/rob/skenario/{}/"),
    "unmasking": ("Permintaan membuka nama", "Request to open a name", ""),
    "log": ("Catatan", "Log", "/catatan/"),
}

WHO = {
    "device": ("Warga (tanpa akun)", "A citizen (no account)"),
    "anonymous": ("Warga (tanpa akun)", "A citizen (no account)"),
    "system": ("Sistem", "The system"),
}


def by_citizen(verb: str) -> bool:
    """Tell whether a verb is done as a citizen."""
    return verb in VERBS and VERBS[verb].by_citizen


def sentence(verb: str, language: str) -> str:
    """Return what happened, in English or else Indonesian; an unknown verb is shown by its own words."""
    known = VERBS.get(verb)
    if known is None:
        return verb.replace(".", ": ").replace("_", " ").capitalize()
    return known.english if language == "en" else known.indonesian


def kind(name: str, language: str) -> str:
    """Return the word for a kind of object."""
    known = KINDS.get(name)
    if known is None:
        return name.replace("_", " ").capitalize()
    return known[1] if language == "en" else known[0]


def address(name: str, public_id: str, verb: str = "") -> str:
    """Return the path of an object's public page; empty when it has none, or none after a verb."""
    known = KINDS.get(name)
    is_seen = verb not in VERBS or VERBS[verb].is_seen
    return known[2].format(public_id) if known and known[2] and public_id and is_seen else ""


def who(actor: str, actor_kind: str, language: str) -> str:
    """Return who acted, in words that name no person."""
    english = language == "en"
    if actor_kind in WHO:
        return WHO[actor_kind][english]
    if actor.startswith("sealed:"):
        return "A citizen" if english else "Warga"
    return "An officer or member" if english else "Petugas atau anggota"


def body_of(data: str) -> str:
    """Return the name of the body that acted, when the act says it (`body_name`, else `body`)."""
    said = json.loads(data)
    name = said.get("body_name") or said.get("body") or ""
    return name if isinstance(name, str) else ""
