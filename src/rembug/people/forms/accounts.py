"""Sign-in and password, in our words."""

from typing import Any

from allauth.account import forms as allauth
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rembug.people.tasks import send_password_reset


def _password(field: Any, label: Any, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class LoginForm(allauth.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["login"], _("Alamat e-mail"))
        _password(self.fields["password"], _("Kata sandi"))
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Asks for a letter; a worker writes it, so that a known address takes no longer than an unknown one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["email"], _("Alamat e-mail"))

    def clean_email(self) -> str:
        """Return the address as it stands: whether it is known is not looked up here."""
        email: str = self.cleaned_data["email"].lower()
        return email

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:  # noqa: ARG002 allauth's signature
        """Ask the worker for the letter."""
        email: str = self.cleaned_data["email"]
        send_password_reset.enqueue(email)
        return email


class NewPasswordMixin:
    """One field is enough where the password can be shown; pasting is allowed."""

    fields: dict[str, Any]

    def _word(self) -> None:
        _password(
            self.fields["password1"], _("Kata sandi baru"), _("Minimal 8 huruf. Kalimat panjang lebih aman.")
        )
        _password(self.fields["password2"], _("Kata sandi baru, sekali lagi"))


class ResetPasswordKeyForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):
    """A new password after a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._word()


class ChangePasswordForm(NewPasswordMixin, allauth.ChangePasswordForm):
    """A new password for somebody who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._word()
        _password(self.fields["oldpassword"], _("Kata sandi sekarang"))


class ReauthenticateForm(allauth.ReauthenticateForm):
    """The password once more, before a sensitive step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["password"], _("Kata sandi"))
