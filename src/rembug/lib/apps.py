"""How Django knows the app."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """The app `lib`."""

    name = "rembug.lib"
    default_auto_field = "django.db.models.BigAutoField"
