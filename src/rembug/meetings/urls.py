"""Addresses of the app."""

from django.urls import path

from rembug.meetings.views import calendars, positions, public, work

app_name = "meetings"
urlpatterns = [
    path("pertemuan/", public.listing, name="list"),
    path("pertemuan/kalender.ics", public.feed, name="feed"),
    path("pertemuan/undangan/<str:token>/<str:body>/", public.invitation, name="invitation"),
    path("pertemuan/hadir/<str:token>/", public.door, name="door"),
    path("pertemuan/<str:code>/", public.meeting, name="meeting"),
    path("pertemuan/<str:code>/berita-acara/", public.record, name="record"),
    path("pertemuan/<str:code>/daftar-hadir/", public.attendance, name="attendance"),
    path("tindak-lanjut/", public.board, name="board"),
    path("tindak-lanjut/<str:code>/", public.item, name="item"),
    path("sikap/", positions.listing, name="positions"),
    path("sikap/<str:code>/", positions.position, name="position"),
    path("kerja/kalender/", calendars.desk, name="work-calendars"),
    path("kerja/kalender/<slug:public_id>/lepas/", calendars.end, name="work-calendar-end"),
    path("kerja/sikap/", positions.write, name="work-position"),
    path("kerja/sikap/<str:code>/", positions.sign, name="work-sign"),
    path("kerja/pertemuan/", work.desk, name="work"),
    path("kerja/pertemuan/baru/", work.new, name="work-new"),
    path("kerja/pertemuan/<str:code>/", work.meeting, name="work-meeting"),
    path("kerja/pertemuan/<str:code>/foto/", work.photo, name="work-photo"),
    path("kerja/pertemuan/<str:code>/undang/", work.invite, name="work-invite"),
    path("kerja/pertemuan/<str:code>/batal/", work.cancel, name="work-cancel"),
    path("kerja/pertemuan/<str:code>/hadir/", work.paper, name="work-paper"),
    path("kerja/pertemuan/<str:code>/notulensi/", work.write, name="work-write"),
    path("kerja/pertemuan/<str:code>/setuju/", work.approve, name="work-approve"),
    path("kerja/pertemuan/<str:code>/jawaban/", work.office, name="work-office"),
    path("kerja/pertemuan/<str:code>/rencana/", work.add, name="work-add"),
    path("kerja/tindak-lanjut/<str:code>/", work.move, name="work-move"),
]
