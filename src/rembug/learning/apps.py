"""How Django knows the app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """The app `learning`."""

    name = "rembug.learning"
    default_auto_field = "django.db.models.BigAutoField"
