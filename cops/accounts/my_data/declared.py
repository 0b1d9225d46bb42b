"""What the account is made of, for the registry of personal data."""

from cops.privacy import DELETE, Basis, Retention, declare

WITH_ACCOUNT = "Aussi longtemps que le compte."


def declare_account() -> None:
    """Called once, from the registrations of accounts."""
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
            "type": "genre (totp application, webauthn clé d’accès, recovery_codes secours)",
            "created_at": "ajouté le",
            "last_used_at": "dernière utilisation",
        },
        withheld={"data": "un secret, chiffré, qui ouvrirait votre compte à qui le lirait"},
        erasure=DELETE,
        order=10,
    )
    declare(
        "usersessions.UserSession",
        title="Les appareils où vous êtes connecté",
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
