"""What accounts plug into the rest: one sign-in for everybody, mails, pages, the terms of use."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save

from cops.accounts.emails import CODES, NEWS
from cops.accounts.my_data.declared import declare_account
from cops.accounts.my_data.registered import register_my_data
from cops.accounts.pages import register_account_page
from cops.accounts.purposes import TERMS, register_purpose
from cops.accounts.services.people import ACCOUNT_CHANGED
from cops.accounts.services.roles import ROLE_GIVEN, ROLE_TAKEN
from cops.accounts.services.second_factors import FACTOR_FORGOTTEN
from cops.accounts.services.seeds import seeds_reencrypt
from cops.accounts.sessions import note_factor_added, note_sign_in, shorten_address
from cops.accounts.views.home import to_own_password
from cops.audit import register_action
from cops.encryption import register_encrypted
from cops.mail import register_category

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# One place to change a password, behind « sudo », which closes the sessions.
admin.site.password_change = to_own_password  # type: ignore[method-assign,assignment]

declare_account()
register_my_data()
user_logged_in.connect(note_sign_in, dispatch_uid="cops.accounts.sign-in")
authenticator_added.connect(note_factor_added, dispatch_uid="cops.accounts.factor")
pre_save.connect(shorten_address, sender=UserSession, dispatch_uid="cops.accounts.address")

register_category(CODES, "Codes pour entrer dans votre compte", bulk=False, keep_days=0)
register_category(NEWS, "Votre compte", bulk=False)

register_encrypted("Graines réécrites", seeds_reencrypt)

register_action(ACCOUNT_CHANGED, "Compte changé par l’administration")
register_action(ROLE_GIVEN, "Rôle donné")
register_action(ROLE_TAKEN, "Rôle retiré")
register_action(FACTOR_FORGOTTEN, "Second facteur retiré à la demande de la personne")

register_purpose(
    TERMS, "Conditions d’utilisation", template="cops/accounts/texts/terms.html", needed=True
)

register_account_page(
    "Mon nom", "accounts:name", "Celui que les autres lisent quand vous écrivez ici.", order=10
)
register_account_page(
    "Mon adresse électronique", "account_email", "Celle où nous vous écrivons.", order=20
)
register_account_page(
    "Sécurité", "mfa_index", "Mot de passe, clés d’accès, application de codes.", order=30
)
register_account_page(
    "Mes sessions", "usersessions_list", "Les appareils où votre compte est ouvert.", order=40
)
register_account_page(
    "Mes accords", "accounts:consents", "Ce que vous avez accepté, et comment changer d’avis.",
    order=50,
)  # fmt: skip
register_account_page(
    "Mes données", "my_data:home", "Ce que le portail sait de vous ; en prendre une copie, partir.",
    order=60,
)  # fmt: skip
