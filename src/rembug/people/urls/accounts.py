"""allauth's pages under Indonesian addresses; only those the house uses. Their names are allauth's own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.urls import URLPattern, path, re_path

from rembug.people.views import second_factor

RESET = r"^masuk/lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns: list[URLPattern] = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("masuk/daftar/", account.signup, name="account_signup"),
    path("masuk/nonaktif/", account.account_inactive, name="account_inactive"),
    path("masuk/lupa/", account.password_reset, name="account_reset_password"),
    path("masuk/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "masuk/lupa/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(RESET, account.password_reset_from_key, name="account_reset_password_from_key"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/kunci/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/pastikan/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("akun/pastikan/kunci/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("akun/pengaman/", mfa.index, name="mfa_index"),
    path("akun/pengaman/aplikasi/", second_factor.activate_totp, name="mfa_activate_totp"),
    path("akun/pengaman/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/pengaman/kunci/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("akun/pengaman/kunci/tambah/", second_factor.add_webauthn, name="mfa_add_webauthn"),
    path("akun/pengaman/kunci/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("akun/pengaman/kunci/<int:pk>/lepas/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("akun/pengaman/cadangan/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "akun/pengaman/cadangan/baru/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "akun/pengaman/cadangan/unduh/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("akun/sesi/", usersessions.list_usersessions, name="usersessions_list"),
]
