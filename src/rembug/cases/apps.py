"""How Django knows the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The app `cases`."""

    name = "rembug.cases"
    default_auto_field = "django.db.models.BigAutoField"
