"""What the people of the simulated week say. All of it is made up."""

WET = (
    "",
    "",
    "",
    "Air mulai masuk ke teras.",
    "Motor sudah tidak bisa lewat.",
    "Air dari laut, bukan hujan.",
    "Anak sekolah lewat jalan lain.",
    "Warung tutup karena air.",
    "Air naik pelan sejak tadi.",
    "Got sudah penuh, air meluap.",
)
DRY = ("", "", "Jalan kering.", "Di sini tidak ada air.", "Baru saja lewat, aman.")
JOKES = (
    "Ada hiu di alun-alun.",
    "Banjir setinggi monas, tolong kirim perahu emas.",
    "Tes tes cuma coba aplikasi.",
    "Air sampai genteng, serius deh wkwk.",
)
LIES = ("Air tinggi sekali di sini.", "Parah, semua terendam.", "Rumah saya tenggelam.")
LANDMARKS = (
    "",
    "",
    "depan warung",
    "dekat mushola",
    "gang sebelah pos ronda",
    "depan sekolah",
    "dekat jembatan",
)
CORRECTIONS = (
    "Salah pilih, airnya semata kaki saja.",
    "Tempatnya gang sebelah barat.",
    "Saya salah jam, airnya sudah dari subuh.",
)
OTHERS = {
    "drain": (
        ("Got tertutup sampah, air tidak jalan.", {"cause": "waste"}),
        ("Saluran penuh lumpur.", {"cause": "mud"}),
    ),
    "dyke": (
        ("Air merembes dari tanggul.", {"part": "dyke-leaks"}),
        ("Pompa tidak menyala sejak pagi.", {"part": "pump-dead"}),
    ),
    "waste": (
        ("Tumpukan sampah di pinggir kali.", {"amount": "cart"}),
        ("Sampah belum diangkut.", {"amount": "bags"}),
    ),
    "road": (
        ("Jalan berlubang setelah rob.", {"passable": "all"}),
        ("Jalan ambles, hanya motor yang lewat.", {"passable": "motorbike"}),
    ),
    "light": (
        ("Lampu jalan mati tiga malam.", {"cable": "no"}),
        ("Lampu mati, gelap sekali.", {"cable": "no"}),
    ),
    "other": (("Papan tanda evakuasi roboh.", {}),),
}
OPERATOR = (
    "[Simulasi] Warga kirim pesan: air masuk jalan.",
    "[Simulasi] Pesan warga: jalan tergenang sejak pagi.",
)
# Every reply begins with the word "Simulasi": a picture of the page must not put words into a real office's mouth.
REPLIES = {
    "kelurahan": (
        "[Simulasi] Sudah kami baca. Petugas kelurahan melihat ke lokasi pagi ini.",
        "[Simulasi] Terima kasih. Karung pasir ada di balai kelurahan.",
    ),
    "badan": (
        "[Simulasi] Tim kami memantau. Jika air masuk rumah dan perlu pindah, telepon 112.",
        "[Simulasi] Tenda dan dapur umum siap jika air naik lagi.",
    ),
    "dinas": (
        "[Simulasi] Pompa dinyalakan. Air diperkirakan turun dalam dua jam.",
        "[Simulasi] Kami jadwalkan pembersihan saluran hari Kamis.",
    ),
}
GROUP = ("Contoh: Karang Taruna Simulasi", "Kelompok contoh untuk mencoba; bukan kelompok nyata.")
