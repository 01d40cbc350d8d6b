"""How Django knows the app."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """The app `commitments`."""

    name = "rembug.commitments"
    default_auto_field = "django.db.models.BigAutoField"
