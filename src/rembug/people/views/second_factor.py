"""Setting up a second factor also shows it: the session that did so need not prove it again."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpResponse


class ActivateTOTP(ActivateTOTPView):
    """Sets up an authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, authenticated_user(self.request), "mfa", type="totp")
        return response


class AddWebAuthn(AddWebAuthnView):
    """Sets up a passkey or a security key."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, authenticated_user(self.request), "mfa", type="webauthn")
        return response


activate_totp = ActivateTOTP.as_view()
add_webauthn = AddWebAuthn.as_view()
