"""Addresses of the app."""

from django.urls import path

from rembug.calls.views import public, work

app_name = "calls"
urlpatterns = [
    path("ajakan/", public.listing, name="list"),
    path("ajakan/kalender.ics", public.feed, name="feed"),
    path("ajakan/titik/<str:token>/", public.watch, name="watch"),
    path("ajakan/titik/<str:token>/kirim/", public.observations, name="observations"),
    path("ajakan/<str:code>/", public.call, name="call"),
    path("ajakan/<str:code>/ikut/", public.joined, name="joined"),
    path("ajakan/<str:code>/ingatkan/", public.reminder, name="reminder"),
    path("ajakan/<str:code>/kalender.ics", public.event, name="event"),
    path("ajakan/<str:code>/pantau/", public.sign_up, name="sign-up"),
    path("kerja/ajakan/", work.desk, name="work"),
    path("kerja/ajakan/baru/", work.new, name="work-new"),
    path("kerja/ajakan/pantau/", work.plan, name="work-plan"),
    path("kerja/ajakan/<str:code>/", work.call, name="work-call"),
    path("kerja/ajakan/<str:code>/foto/", work.photo, name="work-photo"),
    path("kerja/ajakan/<str:code>/kertas/", work.sheet, name="work-sheet"),
    path("kerja/ajakan/<str:code>/batal/", work.cancel, name="work-cancel"),
    path("kerja/ajakan/<str:code>/hasil/", work.close, name="work-close"),
    path("kerja/ajakan/<str:code>/titik/", work.drop, name="work-drop"),
]
