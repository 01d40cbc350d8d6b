"""How Django knows the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app `people`."""

    name = "rembug.people"
    default_auto_field = "django.db.models.BigAutoField"
