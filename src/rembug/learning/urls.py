"""Addresses of the app."""

from django.urls import path

from rembug.learning.views import classes, public, work

app_name = "learning"
urlpatterns = [
    path("belajar/", public.listing, name="list"),
    path("belajar/kelas/", classes.enter, name="class"),
    path("belajar/kelas/<str:code>/", classes.lesson, name="class-lesson"),
    path("belajar/kelas/<str:code>/selesai/", classes.done, name="class-done"),
    path("belajar/kelas/<str:code>/<str:way>/", classes.questions, name="class-questions"),
    path("belajar/<slug:slug>/", public.lesson, name="lesson"),
    path("kerja/kelas/", work.desk, name="work"),
    path("kerja/kelas/<str:code>/", work.one, name="work-class"),
    path("kerja/kelas/<str:code>/tutup/", work.close, name="work-close"),
]
