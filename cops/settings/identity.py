"""Identity providers (OpenID Connect), each from one variable.

    PROCONNECT_URL=https://<client>:<secret>@auth.agentconnect.gouv.fr/api/v2
    PRO_SANTE_CONNECT_URL=https://<client>:<secret>@auth.esw.esante.gouv.fr/auth/realms/esante-wallet?page=https://wallet.esw.esante.gouv.fr

Client and secret are percent-encoded. ``page`` names another origin where people sign in, when
it is not that of the address: browsers let a form lead only to the origins named in
``form-action``, which is made of the same variable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Known:
    """What differs between the providers we know."""

    provider_id: str
    name: str
    scope: tuple[str, ...]
    auth_params: dict[str, str] = field(default_factory=dict)
    signed_userinfo: bool = False


PROCONNECT = Known(
    "proconnect",
    "ProConnect",
    ("openid", "given_name", "usual_name", "email"),
    {"acr_values": "eidas1"},
    signed_userinfo=True,
)
PRO_SANTE_CONNECT = Known(
    "pro-sante-connect",
    "Pro Santé Connect",
    ("openid", "profile", "email", "scope_all"),
    {"acr_values": "eidas1"},
)


@dataclass(frozen=True)
class Identity:
    """A provider that is set: allauth's entry, and the origins of its pages."""

    app: dict[str, Any]
    origins: list[str]


def identity(value: str, known: Known) -> Identity:
    """Raises ValueError when the variable is not such an address."""
    parts = urlsplit(value)
    if parts.scheme != "https" or not (parts.hostname and parts.username and parts.password):
        raise ValueError("il faut une adresse https://client:secret@hôte/chemin.")
    return identity_of(value, known)


def identity_of(value: str, known: Known) -> Identity:
    """As ``identity``, on any address (tests have no TLS)."""
    parts = urlsplit(value)
    host = f"{parts.hostname}:{parts.port}" if parts.port else f"{parts.hostname}"
    origin = f"{parts.scheme}://{host}"
    pages = [page for name, page in parse_qsl(parts.query) if name == "page"]
    app = {
        "provider_id": known.provider_id,
        "name": known.name,
        "client_id": unquote(parts.username or ""),
        "secret": unquote(parts.password or ""),
        "settings": {
            "server_url": f"{origin}{parts.path.rstrip('/')}",
            "scope": list(known.scope),
            "auth_params": dict(known.auth_params),
            "signed_userinfo": known.signed_userinfo,
        },
    }
    return Identity(app, [origin, *pages])


def providers(identities: list[Identity]) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS."""
    return {"identity": {"APPS": [one.app for one in identities]}} if identities else {}


def with_origins(policy: dict[str, Any], identities: list[Identity]) -> dict[str, Any]:
    """CONTENT_SECURITY_POLICY whose forms may also lead to these providers."""
    directives = dict(policy["DIRECTIVES"])
    directives["form-action"] = [
        *directives["form-action"],
        *(origin for one in identities for origin in one.origins),
    ]
    return {**policy, "DIRECTIVES": directives}
