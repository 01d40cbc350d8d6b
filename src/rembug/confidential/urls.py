"""Addresses of the app."""

from django.urls import path

from rembug.confidential.views import public

app_name = "confidential"
urlpatterns = [
    path("rahasia/", public.start, name="start"),
    path("rahasia/lapor/", public.tell, name="tell"),
    path("rahasia/buka/", public.reopen, name="reopen"),
]
