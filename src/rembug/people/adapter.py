"""Where allauth asks the house: words, letters, secrets at rest."""

import base64
import hashlib
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rembug.lib import ids

logger = logging.getLogger(__name__)
access_log = logging.getLogger("rembug.access")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; a letter that cannot be sent never breaks a page."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Akun ini tidak aktif."),
        "email_password_mismatch": _("Alamat e-mail atau kata sandi tidak cocok."),
        "enter_current_password": _("Tulis kata sandi Anda sekarang."),
        "incorrect_code": _("Kode tidak cocok. Coba kode yang baru."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "invalid_login": _("Belum bisa masuk. Coba lagi."),
        "invalid_password_reset": _("Tautan ini tidak berlaku lagi."),
        "rate_limited": _("Terlalu sering. Tunggu sebentar, lalu coba lagi."),
        "too_many_login_attempts": _("Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 allauth's signature
        """Nobody makes an account alone: reporting, reading and following need none."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and say so in the log by public id."""
        super().login(request, user)
        access_log.info("signed in: %s", getattr(user, "public_id", ""))

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and say so in the log by public id."""
        access_log.info("signed out: %s", getattr(request.user, "public_id", ""))
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a failure under a keyed hash of the address: tries on one account can be seen, the address cannot."""
        super().authentication_failed(request, **credentials)
        tried = ids.keyed(
            settings.SECRET_KEY, "sign-in", str(credentials.get("email", "")).lower(), length=12
        )
        access_log.warning("sign-in failed for %s", tried)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; when the mail server is away, say so in the log and go on."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as fault:
            logger.warning("a letter (%s) could not be sent: %s", template_prefix, type(fault).__name__)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted in the database with a key derived from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Pengaman ini tidak bisa dilepas."),
        "cannot_generate_recovery_codes": _("Pasang pengaman kedua dulu."),
        "incorrect_code": _("Kode tidak cocok. Coba kode yang baru."),
    }

    def encrypt(self, text: str) -> str:
        """Return the text as a Fernet token."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text of a Fernet token made by `encrypt`."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    digest = hashlib.sha256(b"second-factor\x1f" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
