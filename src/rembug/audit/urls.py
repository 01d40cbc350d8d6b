"""Addresses of the public log."""

from django.urls import path

from rembug.audit import views

app_name = "audit"
urlpatterns = [
    path("catatan/", views.log, name="log"),
    path("catatan/checkpoint", views.newest_checkpoint, name="checkpoint"),
    path("catatan/checkpoints/", views.checkpoint_list, name="checkpoints"),
    path("catatan/checkpoints/<int:size>", views.one_checkpoint, name="checkpoint_at"),
    path("catatan/verify_log.py", views.verifier, name="verifier"),
    path("catatan/tile/<int:level>/<path:place>", views.tile, name="tile"),
    path("catatan/<str:uid>/", views.entry, name="entry"),
]
