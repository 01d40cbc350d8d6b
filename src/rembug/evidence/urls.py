"""Addresses of the app."""

from django.urls import path

from rembug.evidence.views import data, edit

app_name = "evidence"
urlpatterns = [
    path("data/kumpulan/", data.catalogue, name="catalogue"),
    path("data/kumpulan/<slug:slug>/", data.dataset, name="dataset"),
    path("data/kumpulan/<slug:slug>/<int:number>/", data.version, name="version"),
    path("data/kumpulan/<slug:slug>/<int:number>/<str:kind>/", data.file, name="file"),
    path("kerja/data/baru/", edit.new, name="new"),
    path("kerja/data/<slug:slug>/bekukan/", edit.freeze, name="freeze"),
]
