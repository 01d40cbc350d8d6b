"""Addresses of the CKAN Action API."""

from django.urls import path

from rembug.api.ckan import views

app_name = "ckan"
urlpatterns = [path("<slug:action>", views.act, name="action")]
