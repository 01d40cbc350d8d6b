"""Sign-in and second factors, other packages' addresses: who may call which address."""

from rembug.lib.access import PUBLIC, SIGNED_IN, Access

ACCOUNTS: dict[str, Access] = {
    "account_login": Access(PUBLIC),
    "account_logout": Access(PUBLIC, object="the caller's own session"),
    "account_signup": Access(PUBLIC, object="closed: says that accounts come by invitation"),
    "account_inactive": Access(PUBLIC),
    "account_reset_password": Access(PUBLIC),
    "account_reset_password_done": Access(PUBLIC),
    "account_reset_password_from_key": Access(PUBLIC, object="the person of the signed key"),
    "account_reset_password_from_key_done": Access(PUBLIC),
    "mfa_authenticate": Access(PUBLIC, object="the sign-in under way in this session"),
    "mfa_login_webauthn": Access(PUBLIC, object="the person of the passkey"),
    "account_change_password": Access(SIGNED_IN, object="own account"),
    "account_reauthenticate": Access(SIGNED_IN, object="own account"),
    "mfa_reauthenticate": Access(SIGNED_IN, object="own account"),
    "mfa_reauthenticate_webauthn": Access(SIGNED_IN, object="own account"),
    "mfa_index": Access(SIGNED_IN, object="own account"),
    "mfa_activate_totp": Access(SIGNED_IN, object="own account, password asked again"),
    "mfa_deactivate_totp": Access(SIGNED_IN, object="own account, password asked again"),
    "mfa_list_webauthn": Access(SIGNED_IN, object="own keys"),
    "mfa_add_webauthn": Access(SIGNED_IN, object="own account, password asked again"),
    "mfa_edit_webauthn": Access(SIGNED_IN, object="own keys"),
    "mfa_remove_webauthn": Access(SIGNED_IN, object="own keys"),
    "mfa_view_recovery_codes": Access(SIGNED_IN, object="own account, password asked again"),
    "mfa_generate_recovery_codes": Access(SIGNED_IN, object="own account, password asked again"),
    "mfa_download_recovery_codes": Access(SIGNED_IN, object="own account, password asked again"),
    "usersessions_list": Access(SIGNED_IN, object="own sessions"),
}
