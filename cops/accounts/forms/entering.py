"""Signing in and signing up."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from allauth.account import forms as allauth
from allauth.mfa.base import forms as mfa
from allauth.socialaccount import forms as socialaccount
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cops.accounts.adapters import get_adapter
from cops.accounts.forms.words import CODE, CODE_KEYS, DIGIT_KEYS, EMAIL, NEW_PASSWORD, Words
from cops.accounts.purposes import TERMS
from cops.accounts.services.consents import consent_give
from cops.accounts.sessions import settle_length
from cops.http.honeypot import is_trapped

_lazy_html = lazy(format_html, SafeString)


class LoginForm(Words, allauth.LoginForm):
    asked = {"login": EMAIL, "password": ("Mot de passe", "")}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> Any:
        answer = super().login(request, redirect_url)
        settle_length(request, request.user)  # allauth has just given everybody a fortnight
        return answer


class RequestLoginCodeForm(Words, allauth.RequestLoginCodeForm):
    asked = {"email": EMAIL}


class ConfirmLoginCodeForm(Words, allauth.ConfirmLoginCodeForm):
    asked = {"code": CODE}
    keys = {"code": CODE_KEYS}


class ConfirmEmailForm(Words, allauth.ConfirmEmailVerificationCodeForm):
    asked = {"code": CODE}
    keys = {"code": CODE_KEYS}


class TermsField(forms.BooleanField):
    """The one box without which there is no account."""

    def __init__(self) -> None:
        super().__init__(
            label="J’accepte les conditions d’utilisation",
            help_text=_lazy_html(
                '<a href="{}" target="_blank">Les lire (nouvel onglet)</a>. Deux minutes, en mots '
                "simples.",
                reverse_lazy("terms"),
            ),
            required=True,
            error_messages={"required": "Pour ouvrir un compte, cochez cette case."},
        )


class SignupForm(Words, allauth.SignupForm):
    """An address, a password if one wants one, the terms."""

    field_order = ["email", "password1", "terms"]
    asked = {
        "email": (
            EMAIL[0],
            EMAIL[1] + ". Elle sert à vous reconnaître ; personne d’autre ne la voit.",
        ),
        "password1": (
            "Mot de passe",
            "Sans mot de passe, un code vous sera envoyé à chaque connexion. Avec : 12 caractères "
            "au moins, par exemple quatre ou cinq mots sans rapport entre eux.",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"] = TermsField()

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponseBase | None]:
        if is_trapped(request):
            return None, get_adapter().respond_email_verification_sent(request, None)
        if self.account_already_exists:
            self._work_as_for_a_new_account(request)
        return super().try_save(request)

    def _work_as_for_a_new_account(self, request: HttpRequest) -> None:
        """Makes an account and takes it back: the time of the answer tells nothing."""
        email = self.cleaned_data["email"]
        with transaction.atomic():
            self.account_already_exists = False
            self.cleaned_data["email"] = f"{uuid4().hex}@example.invalid"
            self.save(request)
            transaction.set_rollback(True)
        self.account_already_exists = True
        self.cleaned_data["email"] = email

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        super().custom_signup(request, user)
        consent_give(user=user, purpose=TERMS)


class IdentitySignupForm(Words, socialaccount.SignupForm):
    """The last step of who comes with an identity from elsewhere."""

    asked = {
        "email": (EMAIL[0], f"{EMAIL[1]}. Si l’autre site ne l’a pas vérifiée, un code y partira.")
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"] = TermsField()

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        super().custom_signup(request, user)
        consent_give(user=user, purpose=TERMS)


class AuthenticateForm(Words, mfa.AuthenticateForm):
    asked = {
        "code": (
            "Le code de votre application",
            "Six chiffres, qui changent toutes les 30 secondes. "
            "Un de vos codes de secours (huit chiffres) convient aussi.",
        )
    }
    keys = {"code": DIGIT_KEYS}


class ResetPasswordForm(Words, allauth.ResetPasswordForm):
    asked = {"email": EMAIL}


class ConfirmResetCodeForm(Words, allauth.ConfirmPasswordResetCodeForm):
    asked = {"code": CODE}
    keys = {"code": CODE_KEYS}


class NewPasswordForm(Words, allauth.ResetPasswordKeyForm):
    """Asked once: one may look at what one types."""

    asked = {"password1": NEW_PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
