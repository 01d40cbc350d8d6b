"""Addresses of the app."""

from django.urls import path

from rembug.alerts.views import follow, public, work

app_name = "alerts"
urlpatterns = [
    path("peringatan/", public.listing, name="list"),
    path("peringatan/ikuti/", follow.ask, name="follow"),
    path("peringatan/ikuti/<str:token>/", follow.confirm, name="confirm"),
    path("peringatan/berhenti/<str:token>/", follow.stop, name="stop"),
    path("peringatan/<str:code>/", public.alert, name="alert"),
    path("peringatan/<str:code>/tutup/", public.close, name="close"),
    path("kerja/peringatan/", work.desk, name="work"),
    path("kerja/peringatan/baru/", work.new, name="work-new"),
    path("kerja/peringatan/teruskan/", work.relayed, name="work-relay"),
    path("kerja/peringatan/<str:code>/", work.alert, name="work-alert"),
    path("kerja/peringatan/<str:code>/ubah/", work.edit, name="work-edit"),
    path("kerja/peringatan/<str:code>/setuju/", work.approve, name="work-approve"),
    path("kerja/peringatan/<str:code>/tolak/", work.refuse, name="work-refuse"),
    path("kerja/peringatan/<str:code>/lanjut/", work.follow_up, name="work-follow-up"),
]
