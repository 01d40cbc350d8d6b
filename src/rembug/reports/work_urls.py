"""Addresses of the handlers' pages under /kerja/; included by `reports.urls`."""

from django.urls import path

from rembug.reports.views.work import check, desk, incidents, moderate, operator, photos

urlpatterns = [
    path("", desk.desk, name="work"),
    path("pagi/", desk.morning_sheet, name="work-morning"),
    path("periksa/", check.listing, name="work-check"),
    path("periksa/<str:code>/", check.page, name="work-case"),
    path("periksa/<str:code>/putusan/", check.decide_one, name="work-decide"),
    path("periksa/<str:code>/turunkan/", moderate.remove, name="work-take-down"),
    path("periksa/<str:code>/tampilkan/", moderate.bring_back, name="work-restore"),
    path("periksa/<str:code>/tutup-kata/", moderate.mask, name="work-mask"),
    path("periksa/<str:code>/pisahkan/", moderate.split, name="work-separate"),
    path("foto/", photos.listing, name="work-photos"),
    path("foto/kerja/<str:name>/", photos.look_at_attached, name="work-look-attached"),
    path("foto/<str:name>/", photos.look_at, name="work-look"),
    path("kejadian/", incidents.listing, name="work-incidents"),
    path("kejadian/<str:code>/", incidents.page, name="work-incident"),
    path("tanggapan/<str:code>/", incidents.said, name="work-reply"),
    path("tanggapan/<str:code>/tarik/", incidents.take_back, name="work-reply-withdraw"),
    path("masuk/", operator.enter_message, name="work-enter"),
    path("masuk/<str:code>/", operator.result, name="work-entered"),
    path("balasan/", operator.replies, name="work-to-paste"),
    path("balasan/<str:report>/<str:reply>/", operator.done, name="work-pasted"),
]
