"""Addresses of CAP."""

from django.urls import path

from rembug.api.cap import views

app_name = "cap"
urlpatterns = [
    path("feed.atom", views.feed, name="feed"),
    path("certificate.pem", views.certificate, name="certificate"),
    path("<str:code>.xml", views.message, name="message"),
]
