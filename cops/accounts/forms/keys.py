"""Passkeys, whose answer comes from a script: whatever it is, it is refused in words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms


class CredentialField(forms.JSONField):
    """An object, as a browser sends it; anything else would make the library fall."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is not None and not _is_answer(found):
            raise get_adapter().validation_error("incorrect_code")
        return found


def _is_answer(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and isinstance(value.get("rawId"), str)
        and isinstance(value.get("response"), dict)
        and all(isinstance(part, str) for part in value["response"].values())
    )


class LoginKeyForm(webauthn.LoginWebAuthnForm):
    credential = CredentialField()


class AuthenticateKeyForm(webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()


class SudoKeyForm(webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField()
