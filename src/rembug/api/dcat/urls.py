"""Addresses of the catalogue for machines."""

from django.urls import path

from rembug.api.dcat import views

app_name = "dcat"
urlpatterns = [
    path("catalog.jsonld", views.jsonld, name="jsonld"),
    path("catalog.ttl", views.turtle, name="turtle"),
]
