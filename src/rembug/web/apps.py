"""How Django knows the app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app `web`."""

    name = "rembug.web"
    default_auto_field = "django.db.models.BigAutoField"
