"""Everything under /compte/: the views of allauth under French addresses, and our own pages.

allauth looks its pages up by name, never by address: a name that is missing here is a page
that does not exist on the portal.
"""

from functools import partial

from allauth.account import views as account
from allauth.account.views._reauthenticate import RequestReauthenticationCodeView
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from allauth.usersessions import views as usersessions
from django.urls import URLPattern, URLResolver, include, path

from cops.accounts.forms.managing import RequestSudoCodeForm
from cops.accounts.pending import still_there
from cops.accounts.perms import sudo_required
from cops.accounts.views import consents, demonstration, factors, home, identities, sessions

# What is typed there is written nowhere, not even until the person has proved who they are.
_secret = partial(sudo_required, keep_post=False)

ours: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("nom/", home.name, name="name"),
    path("equipe/", home.team_home, name="team_home"),
    path("au-revoir/", home.signed_out, name="signed_out"),
    path("conditions/", consents.accept_terms, name="accept_terms"),
    path("accords/", consents.consents, name="consents"),
    path("demonstration/", demonstration.codes, name="demonstration_code"),
    path("sessions/<int:pk>/fermeture/", sessions.close_session, name="close_session"),
    path("securite/second-facteur/", factors.second_factor, name="second_factor"),
    path("verification/second-facteur/", factors.ask_second_factor, name="ask_second_factor"),
]

entering = [
    path("connexion/", account.login, name="account_login"),
    path("connexion/code/", account.request_login_code, name="account_request_login_code"),
    path(
        "connexion/code/saisie/",
        still_there(account.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path("connexion/second-facteur/", still_there(mfa.authenticate), name="mfa_authenticate"),
    path("connexion/cle/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path("inscription/", account.signup, name="account_signup"),
    path("inscription/cle/", account.signup_by_passkey, name="account_signup_by_passkey"),
    path(
        "inscription/cle/creation/",
        still_there(webauthn.signup_webauthn),
        name="mfa_signup_webauthn",
    ),
]

password = [
    path(
        "mot-de-passe/",
        _secret(account.password_change),
        name="account_change_password",
    ),
    path(
        "mot-de-passe/choix/",
        _secret(account.password_set),
        name="account_set_password",
    ),
    path("mot-de-passe/oubli/", account.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oubli/code/",
        still_there(account.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "mot-de-passe/oubli/choix/",
        still_there(account.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "mot-de-passe/oubli/termine/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
]

address = [
    path("adresse/", sudo_required(account.email), name="account_email"),
    path(
        "adresse/code/",
        still_there(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
]

# « Sudo »: proving once more who one is.
proving = [
    path(
        "verification/code/",
        RequestReauthenticationCodeView.as_view(form_class=RequestSudoCodeForm),
        name="account_request_reauthentication_code",
    ),
    path(
        "verification/code/saisie/",
        account.confirm_reauthentication_code,
        name="account_confirm_reauthentication_code",
    ),
    path("verification/mot-de-passe/", account.reauthenticate, name="account_reauthenticate"),
    path("verification/application/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("verification/cle/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

security = [
    path("securite/", mfa.index, name="mfa_index"),
    path("securite/application/", totp.activate_totp, name="mfa_activate_totp"),
    path("securite/application/retrait/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "securite/codes-de-secours/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "securite/codes-de-secours/nouveaux/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "securite/codes-de-secours/fichier/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("securite/cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("securite/cles/ajout/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("securite/cles/<int:pk>/nom/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("securite/cles/<int:pk>/retrait/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("sessions/", usersessions.list_usersessions, name="usersessions_list"),
]

identity = [
    path("connexion/par/<slug:provider_id>/", identities.leave, name="identity_login"),
    path(
        "connexion/par/<slug:provider_id>/retour/", identities.come_back, name="identity_callback"
    ),
    path("identites/", sudo_required(socialaccount.connections), name="socialaccount_connections"),
    path("identites/inscription/", socialaccount.signup, name="socialaccount_signup"),
    path("identites/abandon/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("identites/erreur/", socialaccount.login_error, name="socialaccount_login_error"),
]

urlpatterns = [
    path("", include((ours, "accounts"))),
    path("mes-donnees/", include("cops.accounts.my_data.urls")),
    *entering,
    *password,
    *address,
    *proving,
    *security,
    *identity,
]
