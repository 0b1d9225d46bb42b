"""Passkeys, whose answer comes from a script: whatever it is, it is refused in words."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms

# What a CBOR or a signature that is none makes the library raise.
_FALLS = (TypeError, ValueError, KeyError, AttributeError, IndexError, struct.error)


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


class Answered(forms.Form):
    """Whatever the library raises on an answer that no device gave is a refusal."""

    def clean_credential(self) -> Any:
        try:
            check = getattr(super(), "clean_credential", None)
            return check() if check else self.cleaned_data["credential"]
        except _FALLS as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def clean(self) -> Any:
        try:
            return super().clean()
        except _FALLS as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginKeyForm(Answered, webauthn.LoginWebAuthnForm):
    credential = CredentialField()


class AuthenticateKeyForm(Answered, webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()


class SudoKeyForm(Answered, webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField()
