"""Addresses of the app."""

from django.urls import path

from rembug.deliberation.views import public, work

app_name = "deliberation"
urlpatterns = [
    path("usulan/", public.listing, name="list"),
    path("usulan/kalender/", public.calendar_page, name="calendar"),
    path("usulan/kalender.ics", public.feed, name="feed"),
    path("usulan/tidak-disetujui/", public.not_agreed, name="not-agreed"),
    path("usulan/rw1.csv", public.sheet_csv, name="sheet-csv"),
    path("usulan/rw1.xlsx", public.sheet_xlsx, name="sheet-xlsx"),
    path("usulan/<str:code>/", public.proposal, name="proposal"),
    path("usulan/<str:code>/dukung/", public.support, name="support"),
    path("usulan/<str:code>/alasan/", public.argue, name="argue"),
    path("jawaban/", public.answers, name="answers"),
    path("jawaban/dukung/<slug:slug>/", public.dossier_answers, name="dossier-answers"),
    path("kerja/serahkan/dukung/<slug:slug>/", work.deliver_dossier, name="work-deliver-dossier"),
    path("jawaban/<str:code>/", public.answer, name="answer"),
    path("jawaban/<str:code>/surat/", public.letter, name="letter"),
    path("kerja/usulan/", work.desk, name="work"),
    path("kerja/usulan/baru/", work.new, name="work-new"),
    path("kerja/usulan/impor/", work.take_in, name="work-import"),
    path("kerja/usulan/<str:code>/", work.proposal, name="work-proposal"),
    path("kerja/usulan/<str:code>/langkah/", work.move, name="work-move"),
    path("kerja/usulan/<str:code>/putuskan/", work.decide, name="work-decide"),
    path("kerja/usulan/<str:code>/serahkan/", work.deliver, name="work-deliver"),
    path("kerja/jawaban/<str:code>/", work.answer, name="work-answer"),
    path("kerja/alasan/<int:number>/", work.hide, name="work-hide"),
]
