"""Bodies, invitations, my page, my data."""

from django.urls import URLPattern, path

from rembug.people.views import bodies, contact, directory, invitations, mine, personal_data, persons

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("pihak/", bodies.listing, name="bodies"),
    path("pihak/daftar/", bodies.register, name="register"),
    path("pihak/daftar/terima-kasih/", bodies.registered, name="registered"),
    path("pihak/unduh.csv", directory.download, name="bodies-csv"),
    path("pihak/<slug:public_id>/", bodies.page, name="body"),
    path("pihak/<slug:public_id>/pesan/", contact.write, name="contact"),
    path("undangan/", invitations.accept, name="accept"),
    path("undangan/<slug:token>/", invitations.follow, name="invitation"),
    path("saya/", mine.page, name="mine"),
    path("saya/data/", personal_data.page, name="my-data"),
    path("saya/data/unduh.json", personal_data.download, name="my-data-download"),
    path("saya/data/betulkan/", personal_data.correct, name="my-data-correct"),
    path("saya/data/tarik/", personal_data.withdraw, name="my-data-withdraw"),
    path("saya/data/hapus/", personal_data.erase, name="my-data-erase"),
    path("kerja/pihak/", bodies.waiting, name="registrations"),
    path("kerja/pihak/impor/", directory.take_in, name="import"),
    path("kerja/pihak/gabung/", directory.merge, name="merge"),
    path("kerja/pihak/<slug:public_id>/", bodies.decide, name="registration"),
    path("kerja/pesan/", contact.inbox, name="inbox"),
    path("kerja/pesan/<slug:public_id>/selesai/", contact.handled, name="message-handled"),
    path("kerja/undangan/", invitations.listing, name="invitations"),
    path("kerja/undangan/<slug:public_id>/cabut/", invitations.revoke, name="revoke-invitation"),
    path("kerja/peran/", invitations.held, name="roles"),
    path("kerja/peran/<int:grant_id>/akhiri/", invitations.end, name="end-role"),
    path("kerja/peran/<int:grant_id>/serahkan/", invitations.hand_on, name="hand-over"),
    path("kerja/orang/<slug:public_id>/hentikan/", persons.disable, name="disable-person"),
]
