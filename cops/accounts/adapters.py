"""What the portal changes in allauth: how mails leave, what is said, how seeds are kept."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from cops import encryption
from cops.accounts import emails
from cops.accounts.demonstration import is_of_demonstration, may_sign_in
from cops.accounts.managers import normalise_email
from cops.accounts.pages import home_of
from cops.accounts.services.consents import missing_terms

__all__ = ["AccountAdapter", "FactorAdapter", "IdentitiesAdapter", "get_adapter"]

LOCKED = (
    "Trop d’essais avec ce mot de passe : par sécurité, il n’ouvre plus ce compte pendant cinq "
    "minutes. Vous pouvez entrer tout de suite avec un code reçu par courriel ou avec une clé "
    "d’accès, au bas de cette page."
)
SUDO = {
    "reauthenticate": "Avec votre mot de passe",
    "reauthenticate_by_code": "Avec un code reçu par courriel",
    "mfa_reauthenticate": "Avec votre application de codes",
    "mfa_reauthenticate:webauthn": "Avec votre clé d’accès",
}
# Who holds a second factor proves it first; the mailbox of others is their best proof.
SUDO_ORDER = (
    "mfa_reauthenticate:webauthn",
    "mfa_reauthenticate",
    "reauthenticate_by_code",
    "reauthenticate",
)


class AccountAdapter(DefaultAccountAdapter):
    """Signing in on the portal."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est fermé.",
        "duplicate_email": "C’est déjà l’adresse de ce compte.",
        "email_password_mismatch": (
            "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou entrez avec "
            "un code reçu par courriel."
        ),
        "email_taken": "Cette adresse est déjà celle d’un compte.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_code": (
            "Ce n’est pas le bon code, ou il n’est plus valable. Vérifiez que c’est bien le "
            "dernier reçu."
        ),
        "incorrect_password": "Ce n’est pas votre mot de passe.",
        "invalid_login": "Cette adresse n’est pas complète.",
        "same_as_current": "C’est déjà l’adresse de ce compte.",
        "too_many_login_attempts": (
            "Trop d’essais : attendez quelques minutes, puis recommencez avec un nouveau code."
        ),
        "rate_limited": "Trop de demandes à la fois. Attendez une minute, puis recommencez.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queued, never sent in the request: the time of an answer tells nothing of an account."""
        emails.send(template_prefix.rpartition("/")[2], email, context)

    def clean_email(self, email: str) -> str:
        if is_of_demonstration(email) and not settings.DEMONSTRATION:
            raise ValidationError("Cette adresse est réservée à la démonstration.")
        return normalise_email(email)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            # The password alone is locked, so that nobody can lock somebody else out.
            raise ValidationError(LOCKED, code="locked") from error

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if not may_sign_in(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """« Mon compte », or the team's first page."""
        return home_of(request.user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """To the page that was asked for, by way of the terms when they changed."""
        answer = super().post_login(request, user, **kwargs)
        if isinstance(answer, HttpResponseRedirect) and missing_terms(user):
            after = urlencode({"next": answer.url})
            return HttpResponseRedirect(f"{reverse('accounts:accept_terms')}?{after}")
        return answer

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")  # every session was closed, this one too

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("accounts:home")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        methods = super().get_reauthentication_methods(user)
        methods.sort(key=lambda method: SUDO_ORDER.index(method["id"]))
        return [method | {"description": SUDO[method["id"]]} for method in methods]


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: seeds encrypted, the site's own name in the applications."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": (
            "Les codes de secours remplacent une seconde preuve : ajoutez-en d’abord une."
        ),
        "incorrect_code": (
            "Ce n’est pas le bon code. Chaque code ne sert qu’une fois et change toutes les "
            "30 secondes : essayez le suivant."
        ),
        "unverified_email": "Vérifiez d’abord votre adresse électronique.",
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.SITE["name"])

    def _get_site_name(self) -> str:
        return str(settings.SITE["name"])

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Clé d’accès {count + 1}"


class IdentitiesAdapter(DefaultSocialAccountAdapter):
    """Identities from elsewhere: they are set by variables, never by a row of the database."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": "Cette adresse est déjà celle d’un compte. Connectez-vous d’abord (%s).",
        "connected_other": "Cette identité est déjà reliée à un autre compte.",
        "invalid_token": "L’autre site n’a pas répondu comme prévu.",
    }

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[Any]:
        apps = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for found in apps.values() for app in found]

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, data)
        told = sociallogin.account.extra_data["userinfo"]
        family = told.get("usual_name") or told.get("family_name") or ""
        name = told.get("name") or f"{told.get('given_name', '')} {family}"
        user.display_name = " ".join(str(name).split())[:80]
        return user
