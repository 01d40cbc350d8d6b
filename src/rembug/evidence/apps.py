"""How Django knows the app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The app `evidence`."""

    name = "rembug.evidence"
    default_auto_field = "django.db.models.BigAutoField"
