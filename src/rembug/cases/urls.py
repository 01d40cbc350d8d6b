"""Addresses of the app."""

from django.urls import path

from rembug.cases.views import accused, channels, desk, follow, overview, papers, public, work

app_name = "cases"
urlpatterns = [
    path("kasus/", public.listing, name="list"),
    path("kasus/r/<str:token>/", public.of_receipt, name="of-receipt"),
    path("kasus/r/<str:token>/<str:code>/", public.say, name="say"),
    path("kasus/ikuti/<str:token>/", follow.followed, name="followed"),
    path("kasus/berhenti/<str:token>/", follow.unfollow, name="unfollow"),
    path("kasus/<str:code>/ikuti/", follow.ask, name="follow"),
    path("kasus/<str:code>/", public.case, name="case"),
    path("kasus/<str:code>/feed.atom", public.feed, name="feed"),
    path("kasus/<str:code>/periksa/", public.check, name="check"),
    path("kerja/kasus/", work.queue, name="work"),
    path("kerja/kasus/unduh.csv", work.csv_file, name="work-csv"),
    path("kerja/kasus/banyak/", work.many, name="work-many"),
    path("kerja/kasus/angka/", overview.figures, name="figures"),
    path("kerja/kasus/saluran/", channels.channels, name="work-channels"),
    path("kerja/kasus/saluran/<slug:channel>/jawaban.csv", channels.answered, name="work-answers"),
    path("kerja/kasus/peta/", overview.chart, name="work-map"),
    path("kerja/kasus/saringan/", desk.keep, name="work-filter"),
    path("kerja/kasus/cek-ulang/", work.second_looks, name="work-inspections"),
    path("kerja/kasus/<str:code>/cek-ulang/", work.look_again, name="work-inspect"),
    path("kerja/kasus/<str:code>/nomor/", work.number, name="work-number"),
    path("kerja/kasus/<str:code>/", work.case, name="work-case"),
    path("kerja/kasus/<str:code>/langkah/", work.move, name="work-move"),
    path("kerja/kasus/<str:code>/catatan/", work.note, name="work-note"),
    path("kerja/kasus/<str:code>/teruskan/", work.forward, name="work-forward"),
    path("kerja/kasus/<str:code>/tentang/", accused.about, name="work-about"),
    path("kerja/kasus/<str:code>/hak-jawab/", accused.reply, name="work-reply"),
    path("kasus/berkas/<str:name>/", papers.paper, name="paper"),
    path("kerja/kasus/<str:code>/berkas/<str:paper>/", papers.show, name="work-paper"),
    path("kerja/kasus/<str:code>/bagi/", work.split, name="work-split"),
]
