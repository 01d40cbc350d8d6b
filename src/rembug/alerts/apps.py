"""How Django knows the app."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """The app `alerts`."""

    name = "rembug.alerts"
    default_auto_field = "django.db.models.BigAutoField"
