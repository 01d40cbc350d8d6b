"""Addresses of the reports app."""

from django.urls import include, path

from rembug.reports.views import flow, mine, place, receipt, review

app_name = "reports"
urlpatterns = [
    path("", include("rembug.reports.public_urls")),
    path("kerja/", include("rembug.reports.work_urls")),
    path("lapor/", flow.flow, name="flow"),
    path("lapor/peta.svg", place.picture, name="flow-map"),
    path("lapor/periksa/", review.check, name="flow-check"),
    path("r/<str:token>/", receipt.page, name="receipt"),
    path("r/<str:token>/kabar/", receipt.tell, name="receipt-followup"),
    path("r/<str:token>/perbaiki/", receipt.correct_words, name="receipt-correct"),
    path("r/<str:token>/tarik/", receipt.take_back, name="receipt-withdraw"),
    path("r/<str:token>/foto/", receipt.photo, name="receipt-photo"),
    path("saya/laporan/", mine.mine, name="mine"),
]
