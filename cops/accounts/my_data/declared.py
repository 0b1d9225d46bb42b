"""What the account is made of, for the registry of personal data."""

from cops.accounts.purposes import find_purpose
from cops.accounts.roles import find_role
from cops.accounts.services.consents import consents_archive, proofs_purge
from cops.formats import html_as_text
from cops.privacy import DELETE, Basis, Erase, Retention, declare, exempt

WITH_ACCOUNT = "Aussi longtemps que le compte."
_FACTORS = {
    "totp": "application de codes",
    "webauthn": "clé d’accès",
    "recovery_codes": "codes de secours",
}


def _factor(kind: str) -> str:
    return _FACTORS.get(kind, kind)


def _purpose(key: str) -> str:
    found = find_purpose(key)
    return found.label if found else key


def _role(key: str) -> str:
    found = find_role(key)
    return found.label if found else key


def declare_account() -> None:
    """Called once, from the registrations of accounts."""
    _declare_sign_in()
    _declare_agreements()


def _declare_agreements() -> None:
    declare(
        "accounts.Consent",
        title="Vos accords",
        people="Les personnes qui ont accepté un texte",
        purpose="Savoir ce que vous avez accepté, et pouvoir le prouver",
        basis=Basis.LEGAL,
        retention=Retention("Cinq ans après la fin de l’accord.", purge=proofs_purge),
        recipients="Personne",
        person="user",
        fields={
            "purpose": "accord",
            "text__text": "texte accepté",
            "given_at": "donné le",
            "withdrawn_at": "retiré le",
        },
        words={"text__text": html_as_text, "purpose": _purpose},
        withheld={"former": "vide tant que le compte existe"},
        erasure=Erase(
            "L’accord prend fin. La preuve en est gardée sans votre nom ni votre adresse, sous "
            "une empreinte que seule votre adresse permet de retrouver.",
            consents_archive,
        ),
        order=15,
    )
    declare(
        "accounts.RoleGrant",
        title="Vos rôles",
        people="Les personnes à qui un rôle a été donné",
        purpose="Vous ouvrir ce que ce rôle permet",
        basis=Basis.LEGITIMATE,
        retention=Retention("Jusqu’à ce que le rôle prenne fin, ou le compte."),
        person="user",
        fields={"role": "rôle", "given_at": "donné le"},
        words={"role": _role},
        withheld={"given_by": "la personne de l’équipe qui l’a donné"},
        erasure=DELETE,
        order=16,
    )
    declare(
        "socialaccount.SocialAccount",
        title="Vos identités reliées",
        people="Les personnes qui entrent avec ProConnect ou Pro Santé Connect",
        purpose="Vous reconnaître quand l’autre site vous renvoie ici",
        basis=Basis.CONTRACT,
        retention=Retention("Jusqu’à ce que vous retiriez le lien, ou avec le compte."),
        recipients="Personne",
        person="user",
        fields={
            "provider": "site",
            "uid": "numéro que ce site vous donne",
            "extra_data": "ce qu’il nous a dit de vous",
            "date_joined": "reliée le",
            "last_login": "servie le",
        },
        erasure=DELETE,
        order=11,
    )
    exempt(
        "socialaccount.SocialToken",
        "la table d’un composant, laissée vide : le portail ne garde aucun jeton",
    )


def _declare_sign_in() -> None:
    declare(
        "accounts.User",
        title="Votre compte",
        people="Les personnes qui ont un compte",
        purpose="Vous reconnaître et vous ouvrir ce qui est à vous",
        basis=Basis.CONTRACT,
        retention=Retention(
            "Deux ans après votre dernière connexion ; nous vous écrivons trente jours avant. "
            "Sept jours si l’adresse n’est jamais confirmée."
        ),
        person="pk",
        fields={
            "email": "adresse électronique",
            "display_name": "nom affiché",
            "role": "rôle",
            "joined_at": "inscription",
            "last_login": "dernière connexion",
            "is_active": "compte ouvert",
        },
        withheld={
            "password": "une empreinte dont on ne retrouve pas le mot de passe",
            "is_superuser": "redit le rôle",
            "groups": "ne sert pas ici",
            "user_permissions": "ne sert pas ici",
        },
        erasure=DELETE,
        order=0,
    )
    declare(
        "account.EmailAddress",
        title="Vos adresses électroniques",
        people="Les personnes qui ont un compte",
        purpose="Vérifier que l’adresse est bien la vôtre",
        basis=Basis.CONTRACT,
        retention=Retention(WITH_ACCOUNT),
        person="user",
        fields={"email": "adresse", "verified": "confirmée", "primary": "principale"},
        erasure=DELETE,
        order=5,
    )
    declare(
        "account.EmailConfirmation",
        title="Les confirmations d’adresse",
        people="Les personnes qui ont un compte",
        purpose="Vérifier que l’adresse est bien la vôtre",
        basis=Basis.CONTRACT,
        retention=Retention("Trois jours.", days=3, since="created"),
        person="email_address__user",
        fields={"created": "créée le", "sent": "envoyée le"},
        withheld={"key": "un code secret, utilisé une fois"},
        erasure=DELETE,
        order=6,
    )
    declare(
        "mfa.Authenticator",
        title="Vos moyens de connexion",
        people="Les personnes qui ont ajouté une clé d’accès ou une application de codes",
        purpose="Prouver que c’est bien vous, même si votre mot de passe est volé",
        basis=Basis.SECURITY,
        retention=Retention("Jusqu’à ce que vous les retiriez."),
        recipients="Personne",
        person="user",
        fields={
            "type": "moyen",
            "created_at": "ajouté le",
            "last_used_at": "dernière utilisation",
        },
        words={"type": _factor},
        withheld={"data": "un secret, chiffré, qui ouvrirait votre compte à qui le lirait"},
        erasure=DELETE,
        order=10,
    )
    declare(
        "usersessions.UserSession",
        title="Les appareils où votre compte est ouvert",
        people="Les personnes qui se connectent",
        purpose="Vous montrer où votre compte est ouvert, et vous laisser fermer une session",
        basis=Basis.SECURITY,
        retention=Retention(
            "Trente jours après la dernière page vue.", days=30, since="last_seen_at"
        ),
        recipients="Personne",
        person="user",
        fields={
            "created_at": "depuis",
            "last_seen_at": "vu le",
            "ip": "réseau",
            "user_agent": "navigateur",
        },
        withheld={
            "session_key": "un secret qui ouvrirait votre session à qui le lirait",
            "data": "ne sert pas ici",
        },
        erasure=DELETE,
        order=21,
    )
