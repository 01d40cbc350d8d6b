"""Second factors, in our words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _


def _code(field: Any) -> None:
    field.label = _("Kode 6 angka")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class AuthenticateForm(base.AuthenticateForm):
    """A code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])
        self.fields["code"].label = _("Kode dari aplikasi, atau kode cadangan")


class ReauthenticateForm(base.ReauthenticateForm):
    """The same, before a sensitive step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])
        self.fields["code"].label = _("Kode dari aplikasi, atau kode cadangan")


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nama kunci")
        self.fields["name"].help_text = _("Misalnya: HP saya.")
        self.fields["passwordless"].label = _("Bisa masuk tanpa kata sandi")
        self.fields["passwordless"].help_text = _("Perangkat meminta sidik jari, wajah, atau PIN.")
        self.fields["passwordless"].initial = True


class EditWebAuthnForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nama kunci")
