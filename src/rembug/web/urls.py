"""Addresses of the shell and of the pages that span steps."""

from django.urls import path

from rembug.web.views import (
    atlas,
    health,
    home,
    joint,
    pages,
    press,
    programme,
    pwa,
    sheet,
    thread,
    tongue,
    weekly,
)

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("peta/", atlas.page, name="map"),
    path("peta/wilayah.json", atlas.shapes, name="shapes"),
    path("data/", pages.data, name="data"),
    path("tentang/", pages.about, name="about"),
    path("kalender/", joint.page, name="calendar"),
    path("kalender.ics", joint.feed, name="calendar-feed"),
    path("minggu/", weekly.week, name="week"),
    path("minggu/<slug:public_id>/", weekly.week, name="week-of"),
    path("alur/<str:kind>/<str:code>/", thread.thread_page, name="thread"),
    path("alur/<str:kind>/<str:code>/feed.atom", press.feed, name="thread-feed"),
    path("alur/<str:kind>/<str:code>/kartu.png", press.share_card, name="thread-card"),
    path("alur/<str:kind>/<str:code>/siaran/", press.of_thread, name="thread-press"),
    path("siaran/", press.week, name="press"),
    path("neraca/", thread.city, name="balance"),
    path("neraca/pihak/<slug:public_id>/", thread.body, name="balance-body"),
    path("neraca/wilayah/<slug:slug>/", thread.area, name="balance-area"),
    path("neraca/dapil/<slug:code>/", thread.district, name="balance-district"),
    path("neraca/dimensi/<slug:code>/", thread.dimension, name="balance-dimension"),
    path("lembar-bukti/", sheet.listing, name="sheets"),
    path("lembar-bukti/semua.xlsx", sheet.workbook, name="sheets-xlsx"),
    path("lembar-bukti/<slug:code>/", sheet.sheet, name="sheet"),
    path("lembar-bukti/<slug:code>/csv/", sheet.table, name="sheet-csv"),
    path("program-rob/", programme.works, name="works"),
    path("program-rob/peta.geojson", programme.geojson, name="works-geojson"),
    path("bahasa/", tongue.switch, name="language"),
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("sw.js", pwa.worker, name="worker"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("luring/", pwa.offline, name="offline"),
]
