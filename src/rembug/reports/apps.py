"""How Django knows the app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The app `reports`."""

    name = "rembug.reports"
    default_auto_field = "django.db.models.BigAutoField"
