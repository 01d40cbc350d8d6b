"""How Django knows the app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app `places`."""

    name = "rembug.places"
    default_auto_field = "django.db.models.BigAutoField"
