"""Addresses of the JSON interface."""

from django.urls import path

from rembug.api.v1.views import description, feed, forecast, log, open_data, photos, screen_map

app_name = "api"
urlpatterns = [
    path("reports", open_data.reports, name="reports"),
    path("reports/<str:code>/photos/<uuid:client_id>", photos.photo, name="photos"),
    path("reports.geojson", open_data.reports_geojson, name="reports_geojson"),
    path("reports.csv", open_data.reports_csv, name="reports_csv"),
    path("incidents", open_data.incidents, name="incidents"),
    path("incidents.geojson", open_data.incidents_geojson, name="incidents_geojson"),
    path("incidents.csv", open_data.incidents_csv, name="incidents_csv"),
    path("feed.atom", feed.newest, name="feed"),
    path("openapi.json", description.description, name="openapi"),
    path("forecast", forecast.forecast, name="forecast"),
    path("forecast.atom", forecast.coming, name="forecast_feed"),
    path("forecast/skill", forecast.how_good, name="forecast_skill"),
    path("map", screen_map.live, name="map"),
    path("log/entries", log.entries, name="log_entries"),
    path("log/proof/inclusion", log.inclusion, name="log_inclusion"),
    path("log/proof/consistency", log.consistency, name="log_consistency"),
]
