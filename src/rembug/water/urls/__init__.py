"""Addresses of the water app."""

from django.urls import path, re_path

from rembug.water.views import files, outlook, overlay, scenario, skill

PLACE = r"(?P<lon>-?\d{1,3}\.\d{1,6}),(?P<lat>-?\d{1,2}\.\d{1,6})"
app_name = "water"
urlpatterns = [
    path("rob/", outlook.city, name="city"),
    path("rob/pilih/", outlook.choose, name="choose"),
    path("rob/tempatku/", outlook.mine, name="mine"),
    re_path(rf"^rob/titik/{PLACE}/$", outlook.spot, name="spot"),
    path("rob/dasar.png", overlay.ground, name="ground"),
    path("rob/peta/", overlay.page, name="overlay"),
    path("rob/peta/<int:number>.png", overlay.picture, name="overlay-picture"),
    path("rob/peta/<int:number>/", overlay.hour_table, name="overlay-hour"),
    path("rob/skenario/", scenario.listing, name="scenarios"),
    path("rob/skenario/banding/", scenario.compare, name="compare"),
    path("rob/skenario/<str:code>/", scenario.page, name="scenario"),
    path("rob/skenario/<str:code>/peta.png", scenario.picture, name="scenario-picture"),
    path("kerja/skenario/", scenario.new, name="scenario-new"),
    path("rob/ketepatan/", skill.page, name="skill"),
    path("rob/<slug:slug>/", outlook.area, name="area"),
    path("rob/<slug:slug>/kalender.ics", files.feed, name="calendar"),
    path("rob/<slug:slug>/kartu.png", files.share_card, name="card"),
]
