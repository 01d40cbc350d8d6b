"""Addresses of the app."""

from django.urls import path

from rembug.confidential.views import public, work

app_name = "confidential"
BOX = "kerja/rahasia/<slug:body>/"
urlpatterns = [
    path("rahasia/", public.start, name="start"),
    path("rahasia/lapor/", public.tell, name="tell"),
    path("rahasia/buka/", public.reopen, name="reopen"),
    path("kerja/rahasia/", work.work, name="work"),
    path(BOX, work.box, name="work-box"),
    path(f"{BOX}serah/", work.hand, name="work-hand"),
    path(f"{BOX}<str:code>/", work.matter, name="work-matter"),
    path(f"{BOX}<str:code>/tulis/", work.write, name="work-write"),
    path(f"{BOX}<str:code>/minta-nama/", work.ask, name="work-ask"),
    path(f"{BOX}<str:code>/putuskan/", work.decide, name="work-decide"),
    path(f"{BOX}<str:code>/nama/", work.identity, name="work-identity"),
]
