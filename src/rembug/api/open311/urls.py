"""Addresses of Open311; whatever else is asked beneath them gets the standard's error in the format asked for."""

from django.urls import path

from rembug.api.open311 import views

app_name = "open311"
urlpatterns = [
    path("requests.csv", views.bulk, name="bulk"),
    path("discovery.<slug:form>", views.discovery, name="discovery"),
    path("services.<slug:form>", views.services, name="services"),
    path("services/<str:code>.<slug:form>", views.definition, name="definition"),
    path(
        "service/<str:code>.<slug:form>", views.definition, name="definition-of-old"
    ),  # as `open311` 1.1 asks
    path("requests.<slug:form>", views.requests, name="requests"),
    path("requests/<str:code>.<slug:form>", views.request_of, name="request"),
    path("tokens/<str:token>.<slug:form>", views.token, name="token"),
    path("<path:rest>", views.missing, name="missing"),
]
