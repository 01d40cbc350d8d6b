"""How Django knows the app."""

from django.apps import AppConfig


class WaterConfig(AppConfig):
    """The app `water`."""

    name = "rembug.water"
    default_auto_field = "django.db.models.BigAutoField"
