"""How Django knows the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The app `meetings`."""

    name = "rembug.meetings"
    default_auto_field = "django.db.models.BigAutoField"
