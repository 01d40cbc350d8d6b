"""How Django knows the app."""

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    """The app `deliberation`."""

    name = "rembug.deliberation"
    default_auto_field = "django.db.models.BigAutoField"
