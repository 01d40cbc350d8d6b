"""Addresses of the shell and of the pages that span steps."""

from django.urls import path

from rembug.web.views import atlas, health, home, pages, pwa, tongue, weekly

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("peta/", atlas.page, name="map"),
    path("peta/wilayah.json", atlas.shapes, name="shapes"),
    path("data/", pages.data, name="data"),
    path("tentang/", pages.about, name="about"),
    path("minggu/", weekly.week, name="week"),
    path("minggu/<slug:public_id>/", weekly.week, name="week-of"),
    path("bahasa/", tongue.switch, name="language"),
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("sw.js", pwa.worker, name="worker"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("luring/", pwa.offline, name="offline"),
]
