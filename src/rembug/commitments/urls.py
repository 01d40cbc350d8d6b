"""Addresses of the app."""

from django.urls import path

from rembug.commitments.views import desk, grants, public, work

app_name = "commitments"
urlpatterns = [
    path("komitmen/", public.listing, name="list"),
    path("komitmen/unduh.csv", public.table, name="csv"),
    path("komitmen/<str:code>/", public.promise, name="promise"),
    path("kerja/komitmen/", work.desk, name="work"),
    path("kerja/komitmen/baru/", work.new, name="work-new"),
    path("kerja/komitmen/<str:code>/", work.promise, name="work-promise"),
    path("kerja/komitmen/<str:code>/foto/", work.photo, name="work-promise-photo"),
    path("fasilitas/", desk.listing, name="needs"),
    path("fasilitas/<str:code>/", desk.need, name="need"),
    path("kerja/fasilitas/", desk.desk, name="desk"),
    path("kerja/fasilitas/minta/", desk.ask, name="desk-ask"),
    path("kerja/fasilitas/barang/", desk.listed, name="desk-thing"),
    path("kerja/fasilitas/barang/<str:code>/tarik/", desk.retire, name="desk-retire"),
    path("kerja/fasilitas/<str:code>/", desk.move, name="desk-need"),
    path("hibah/", grants.listing, name="grants"),
    path("hibah/<str:code>/", grants.grant, name="grant"),
    path("kerja/hibah/", grants.desk, name="grants-work"),
    path("kerja/hibah/<str:code>/", grants.decide, name="grant-work"),
]
