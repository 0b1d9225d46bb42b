"""Changing one's account, and proving who one is before that."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from cops.accounts.forms.entering import AuthenticateForm
from cops.accounts.forms.keys import Answered, CredentialField
from cops.accounts.forms.words import CODE, CODE_KEYS, DIGIT_KEYS, NEW_PASSWORD, Words
from cops.accounts.models import User

KEY_NAME = ("Nom de la clé", "Pour la reconnaître, par exemple « Mon téléphone ».")


class NameForm(Words, forms.ModelForm):
    asked = {
        "display_name": (
            "Votre nom",
            "Celui que les autres liront quand vous écrivez ici. Un prénom suffit.",
        )
    }
    keys = {"display_name": {"autocomplete": "name"}}

    class Meta:
        model = User
        fields = ("display_name",)


class ChangeEmailForm(Words, allauth.AddEmailForm):
    asked = {
        "email": (
            "Nouvelle adresse électronique",
            "Un code y sera envoyé. L’adresse actuelle reste la bonne jusque-là.",
        )
    }


class ChangePasswordForm(Words, allauth.ChangePasswordForm):
    asked = {"oldpassword": ("Mot de passe actuel", ""), "password1": NEW_PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class SetPasswordForm(Words, allauth.SetPasswordForm):
    asked = {"password1": NEW_PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class ReauthenticateForm(Words, allauth.ReauthenticateForm):
    asked = {"password": ("Votre mot de passe", "")}


class RequestSudoCodeForm(Words, allauth.RequestReauthenticationCodeForm):
    """The code goes to the person's own address: with one address, nothing to choose."""

    asked = {"recipient": ("Adresse où envoyer le code", "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        choices = field.choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            field.initial = choices[0][0]
            field.widget = forms.HiddenInput()


class ConfirmSudoCodeForm(Words, allauth.ConfirmReauthenticationCodeForm):
    asked = {"code": CODE}
    keys = {"code": CODE_KEYS}


class SudoFactorForm(Words, mfa.ReauthenticateForm):
    asked = AuthenticateForm.asked
    keys = AuthenticateForm.keys


class ActivateTOTPForm(Words, totp.ActivateTOTPForm):
    asked = {"code": ("Le code que l’application affiche", "Six chiffres, par exemple 123 456.")}
    keys = {"code": DIGIT_KEYS}


class AddKeyForm(Words, Answered, webauthn.AddWebAuthnForm):
    """Always a passkey: it opens the account alone, with the finger, the face or the PIN."""

    credential = CredentialField()
    asked = {"name": KEY_NAME}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class SignupKeyForm(Words, Answered, webauthn.SignupWebAuthnForm):
    credential = CredentialField()
    asked = {"name": KEY_NAME}


class EditKeyForm(Words, webauthn.EditWebAuthnForm):
    asked = {"name": KEY_NAME}
