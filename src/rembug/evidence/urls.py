"""Addresses of the app."""

from django.urls import path

from rembug.evidence.views import (
    comments,
    data,
    dossiers,
    edit,
    measures,
    survey_desk,
    surveys,
    workshop_desk,
    workshops,
)

app_name = "evidence"
urlpatterns = [
    path("data/kumpulan/", data.catalogue, name="catalogue"),
    path("data/kumpulan/<slug:slug>/", data.dataset, name="dataset"),
    path("data/kumpulan/<slug:slug>/<int:number>/", data.version, name="version"),
    path("data/ukuran/", measures.listing, name="measures"),
    path("data/kumpulan/<slug:slug>/<int:number>/ukuran/", measures.measures, name="measures-of"),
    path("data/kumpulan/<slug:slug>/<int:number>/ukuran.csv", measures.table, name="measures-csv"),
    path("data/kumpulan/<slug:slug>/<int:number>/<str:kind>/", data.file, name="file"),
    path("data/dukung/", dossiers.listing, name="dossiers"),
    path("data/dukung/<slug:slug>/", dossiers.dossier, name="dossier"),
    path("data/dukung/<slug:slug>/<int:number>/", dossiers.dossier, name="dossier-version"),
    path("data/dukung/<slug:slug>/<int:number>/dokumen.pdf", dossiers.paper, name="dossier-paper"),
    path("kerja/data-dukung/baru/", dossiers.write, name="dossier-write"),
    path("kerja/data-dukung/<slug:slug>/<int:number>/periksa/", dossiers.review, name="dossier-review"),
    path("kerja/data-dukung/<slug:slug>/<int:number>/komentar/", comments.comment, name="comment"),
    path("kerja/komentar/<str:code>/tarik/", comments.withdraw, name="comment-withdraw"),
    path("kerja/komentar/<str:code>/sembunyi/", comments.hide, name="comment-hide"),
    path("survei/", surveys.listing, name="surveys"),
    path("survei/<slug:code>/", surveys.survey, name="survey"),
    path("kerja/survei/", survey_desk.desk, name="survey-desk"),
    path("kerja/survei/baru/", survey_desk.new, name="survey-new"),
    path("kerja/survei/<slug:code>/", survey_desk.one, name="survey-work"),
    path("kerja/survei/<slug:code>/tutup/", survey_desk.close, name="survey-close"),
    path("kerja/survei/<slug:code>/tumpukan/<int:pile>/batal/", survey_desk.void, name="survey-void"),
    path("peta-warga/", workshops.listing, name="workshops"),
    path("peta-warga/<slug:code>/", workshops.workshop, name="workshop"),
    path("kerja/peta-warga/", workshop_desk.desk, name="workshop-desk"),
    path("kerja/peta-warga/baru/", workshop_desk.new, name="workshop-new"),
    path("kerja/peta-warga/<slug:code>/", workshop_desk.one, name="workshop-work"),
    path("kerja/peta-warga/<slug:code>/impor/", workshop_desk.bring, name="workshop-import"),
    path("kerja/peta-warga/<slug:code>/periksa/", workshop_desk.review, name="workshop-review"),
    path("kerja/peta-warga/<slug:code>/bekukan/", workshop_desk.freeze, name="workshop-freeze"),
    path("kerja/data/baru/", edit.new, name="new"),
    path("kerja/data/<slug:slug>/bekukan/", edit.freeze, name="freeze"),
]
