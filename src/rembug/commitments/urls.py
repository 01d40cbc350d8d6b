"""Addresses of the app."""

from django.urls import path

from rembug.commitments.views import public, work

app_name = "commitments"
urlpatterns = [
    path("komitmen/", public.listing, name="list"),
    path("komitmen/unduh.csv", public.table, name="csv"),
    path("komitmen/<str:code>/", public.promise, name="promise"),
    path("kerja/komitmen/", work.desk, name="work"),
    path("kerja/komitmen/baru/", work.new, name="work-new"),
    path("kerja/komitmen/<str:code>/", work.promise, name="work-promise"),
]
