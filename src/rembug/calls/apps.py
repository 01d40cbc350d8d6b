"""How Django knows the app."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """The app `calls`."""

    name = "rembug.calls"
    default_auto_field = "django.db.models.BigAutoField"
