"""What the account is made of, for the registry of personal data."""

from cops.accounts.services.consents import consents_archive, proofs_purge
from cops.privacy import DELETE, Basis, Erase, Retention, declare

WITH_ACCOUNT = "Aussi longtemps que le compte."


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
            "text__text": "texte accepté",
            "purpose": "finalité",
            "given_at": "donné le",
            "withdrawn_at": "retiré le",
        },
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
    declare(
        "socialaccount.SocialToken",
        title="Les jetons des identités reliées",
        people="Personne : le portail n’en garde pas",
        purpose="Aucun : la table d’un composant, laissée vide",
        basis=Basis.SECURITY,
        retention=Retention("Rien n’y est gardé."),
        recipients="Personne",
        person="account__user",
        withheld={
            "app": "ne sert pas ici",
            "token": "ne sert pas ici",
            "token_secret": "ne sert pas ici",
            "expires_at": "ne sert pas ici",
        },
        erasure=DELETE,
        order=12,
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
