"""How Django knows the app."""

from django.apps import AppConfig


class ConfidentialConfig(AppConfig):
    """The app `confidential`."""

    name = "rembug.confidential"
    default_auto_field = "django.db.models.BigAutoField"
