"""Signing in: what django-allauth is told (trust.md E), shared by every way of running."""

from typing import Any

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
LOGOUT_REDIRECT_URL = "accounts:signed_out"

SESSION_COOKIE_AGE = 14 * 86_400
STAFF_SESSION_AGE = 86_400  # at least 20 h (RGAA 13.1.4)
# Names the keys of what is encrypted, the newest first; else they are derived from SECRET_KEY.
ENCRYPTION_KEYS: list[str] = []

ACCOUNT_ADAPTER = "cops.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # a code is enough
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "code", "mfa", "socialaccount"]
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
_FORMS = "cops.accounts.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.entering.LoginForm",
    "signup": f"{_FORMS}.entering.SignupForm",
    "request_login_code": f"{_FORMS}.entering.RequestLoginCodeForm",
    "confirm_login_code": f"{_FORMS}.entering.ConfirmLoginCodeForm",
    "confirm_email_verification_code": f"{_FORMS}.entering.ConfirmEmailForm",
    "reset_password": f"{_FORMS}.entering.ResetPasswordForm",
    "confirm_password_reset_code": f"{_FORMS}.entering.ConfirmResetCodeForm",
    "reset_password_from_key": f"{_FORMS}.entering.NewPasswordForm",
    "add_email": f"{_FORMS}.managing.ChangeEmailForm",
    "change_password": f"{_FORMS}.managing.ChangePasswordForm",
    "set_password": f"{_FORMS}.managing.SetPasswordForm",
    "reauthenticate": f"{_FORMS}.managing.ReauthenticateForm",
    "confirm_reauthentication_code": f"{_FORMS}.managing.ConfirmSudoCodeForm",
}
# A hospital is one address: limits by address stay wide, those by person narrow.
ACCOUNT_RATE_LIMITS = {
    "signup": "60/h/ip",
    "request_login_code": "20/m/ip,3/m/key,10/d/key",
    "reset_password": "20/m/ip,3/h/key",
}
# Proxies that write X-Forwarded-For in front of us: none, unless production says so.
ALLAUTH_TRUSTED_PROXY_COUNT = 0

MFA_ADAPTER = "cops.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.entering.AuthenticateForm",
    "reauthenticate": f"{_FORMS}.managing.SudoFactorForm",
    "activate_totp": f"{_FORMS}.managing.ActivateTOTPForm",
    "add_webauthn": f"{_FORMS}.managing.AddKeyForm",
    "edit_webauthn": f"{_FORMS}.managing.EditKeyForm",
    "signup_webauthn": f"{_FORMS}.managing.SignupKeyForm",
    "login_webauthn": f"{_FORMS}.keys.LoginKeyForm",
    "authenticate_webauthn": f"{_FORMS}.keys.AuthenticateKeyForm",
    "reauthenticate_webauthn": f"{_FORMS}.keys.SudoKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 0
MFA_RECOVERY_CODES_SHOW_ONCE = True

SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}  # cops.settings.identity
SOCIALACCOUNT_ADAPTER = "cops.accounts.adapters.IdentitiesAdapter"
SOCIALACCOUNT_FORMS = {"signup": f"{_FORMS}.entering.IdentitySignupForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # the terms are accepted first
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address told by a provider opens no account
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False

USERSESSIONS_TRACK_ACTIVITY = False  # reading a page writes nothing
