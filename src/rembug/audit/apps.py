"""How Django knows the app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app `audit`."""

    name = "rembug.audit"
    default_auto_field = "django.db.models.BigAutoField"
