"""Addresses of the public pages of reports; included by `reports.urls`, so their names start with `reports:`."""

from django.urls import path, re_path

from rembug.reports.views import photo, public, vote

urlpatterns = [
    path("laporan/<str:code>/", public.report, name="report"),
    path("kejadian/<str:code>/", public.incident, name="incident"),
    path("kejadian/<str:code>/teks/", public.incident_text, name="incident-text"),
    path("kejadian/<str:code>/suara/", vote.say, name="vote"),
    re_path(r"^foto/(?P<name>[0-9a-f]{32})-(?P<side>240|800|1600)\.jpg$", photo.photo, name="photo"),
    path("wilayah/<slug:slug>/", public.area, name="area"),
    path("wilayah/<slug:slug>/rekap/", public.recap, name="recap"),
    path("kalibrasi/", public.calibration, name="calibration"),
]
