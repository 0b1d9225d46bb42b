"""Signing in with an identity from elsewhere: Pro Santé Connect, ProConnect (OpenID Connect).

allauth finds this module by its name. What it lacks for these two: what they say of a person
(« userinfo ») is a signed token, whose signature is checked here, as that of the ID token; a
nonce ties the answer to this browser; and of all they tell we keep the little we need.
"""

from __future__ import annotations

import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

NONCE = "accounts_identity_nonce"
ALGORITHMS = ["RS256", "ES256"]
KEPT = ("sub", "email", "email_verified", "given_name", "family_name", "usual_name", "name")


class IdentityAdapter(OpenIDConnectOAuth2Adapter):
    """Asks the provider, and believes only what it signed."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        back = reverse("identity_callback", args=[self.provider_id])
        return str(request.build_absolute_uri(back))

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(
                self.profile_url, headers={"Authorization": f"Bearer {access_token}"}
            )
            answer.raise_for_status()
        if "jwt" in answer.headers.get("Content-Type", ""):
            return self._verified(answer.text.strip())
        if self.get_provider().app.settings.get("signed_userinfo"):
            raise ProviderException("the provider did not sign what it says of the person")
        found = answer.json()
        if not isinstance(found, dict):
            raise ProviderException("the provider says nothing readable of the person")
        return found

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        claims = self._verified(id_token)
        nonce = self.request.session.pop(NONCE, None)
        if not nonce or not constant_time_compare(str(claims.get("nonce")), nonce):
            raise ProviderException("the answer belongs to another browser")
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        if not kwargs["response"].get("id_token"):
            raise ProviderException("the provider gave no ID token")
        return super().complete_login(request, app, token, **kwargs)

    def _verified(self, token: str) -> dict[str, Any]:
        """The claims of a token that the provider signed for us, and that is still valid."""
        try:
            return jwt.decode(
                token,
                key=self._key_of(token),
                algorithms=ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=self.get_provider().app.client_id,
                options={"require": ["iss", "aud", "sub"]},
                leeway=30,
            )
        except (jwt.PyJWTError, ValueError, KeyError) as error:
            raise ProviderException("the provider’s signature is not valid") from error

    def _key_of(self, token: str) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        name = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        found = [key for key in keys if name is None or key.key_id == name]
        if len(found) != 1:
            raise ValueError("no key, or several, could have signed this token")
        return found[0].key


class IdentityProvider(OpenIDConnectProvider):
    """One of the providers of ``SOCIALACCOUNT_PROVIDERS["identity"]["APPS"]``."""

    id = "identity"
    name = "Identité"
    oauth2_adapter_class = IdentityAdapter
    pkce_enabled_default = True

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """What the setting says, and a nonce; never what a visitor writes in the address."""
        request.session[NONCE] = secrets.token_urlsafe(24)
        return self.get_auth_params() | {"nonce": request.session[NONCE]}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_scope()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        told = {**data.get("id_token", {}), **data.get("userinfo", {})}
        return {"userinfo": {name: told[name] for name in KEPT if name in told}}

    def extract_uid(self, data: dict[str, Any]) -> str:
        told = {part["sub"] for part in data.values()}
        if len(told) != 1:
            raise ProviderException("the provider speaks of two persons")
        return str(told.pop())


provider_classes = [IdentityProvider]
