"""The account: entering, one's own pages, security. The person has no pending code."""

from tests.http.routes.expected import ABSENT, DEMONSTRATION_ONLY, PUBLIC, Expected, Table

# Signed in, one has nothing to do at the door: redirected to « Mon compte ».
DOOR = Expected(200, 302, 302, 302, production=200)
# A page that goes on from another one: sent back to its beginning without it.
NEXT_STEP = Expected(302, 302, 302, 302, production=302)
OWN = Expected(302, 200, 200, 200, production=302)
# Asked of who holds a second factor: here, the team.
WITH_FACTOR = Expected(302, 302, 200, 200, production=302)
WITHOUT_FACTOR = Expected(302, 200, 302, 302, production=302)

ROUTES: Table = {
    "terms": [("/conditions-d-utilisation/", PUBLIC)],
    "accounts:home": [("/compte/", OWN)],
    "accounts:name": [("/compte/nom/", OWN)],
    "accounts:team_home": [("/compte/equipe/", Expected(302, 404, 302, 302, production=302))],
    "accounts:signed_out": [("/compte/au-revoir/", PUBLIC)],
    "accounts:accept_terms": [("/compte/conditions/", OWN)],
    "accounts:demonstration_code": [("/compte/demonstration/", DEMONSTRATION_ONLY)],
    "accounts:consents": [("/compte/accords/", OWN)],
    "accounts:close_session": [
        ("/compte/sessions/1/fermeture/", Expected(302, 405, 405, 405, production=302))
    ],
    "accounts:second_factor": [("/compte/securite/second-facteur/", OWN)],
    "accounts:ask_second_factor": [("/compte/verification/second-facteur/", NEXT_STEP)],
    "account_login": [("/compte/connexion/", DOOR)],
    "account_request_login_code": [("/compte/connexion/code/", DOOR)],
    "account_confirm_login_code": [("/compte/connexion/code/saisie/", NEXT_STEP)],
    "mfa_authenticate": [("/compte/connexion/second-facteur/", NEXT_STEP)],
    "mfa_login_webauthn": [("/compte/connexion/cle/", NEXT_STEP)],
    "account_logout": [("/compte/deconnexion/", OWN)],
    "account_inactive": [("/compte/ferme/", PUBLIC)],
    "account_signup": [("/compte/inscription/", DOOR)],
    "account_signup_by_passkey": [("/compte/inscription/cle/", DOOR)],
    "mfa_signup_webauthn": [("/compte/inscription/cle/creation/", NEXT_STEP)],
    "account_change_password": [("/compte/mot-de-passe/", OWN)],
    "account_set_password": [("/compte/mot-de-passe/choix/", NEXT_STEP)],
    "account_reset_password": [("/compte/mot-de-passe/oubli/", PUBLIC)],
    "account_confirm_password_reset_code": [("/compte/mot-de-passe/oubli/code/", NEXT_STEP)],
    "account_complete_password_reset": [("/compte/mot-de-passe/oubli/choix/", NEXT_STEP)],
    "account_password_reset_completed": [("/compte/mot-de-passe/oubli/termine/", PUBLIC)],
    "account_email": [("/compte/adresse/", OWN)],
    "account_email_verification_sent": [("/compte/adresse/code/", NEXT_STEP)],
    "account_request_reauthentication_code": [("/compte/verification/code/", OWN)],
    "account_confirm_reauthentication_code": [("/compte/verification/code/saisie/", NEXT_STEP)],
    "account_reauthenticate": [("/compte/verification/mot-de-passe/", OWN)],
    "mfa_reauthenticate": [("/compte/verification/application/", WITH_FACTOR)],
    "mfa_reauthenticate_webauthn": [("/compte/verification/cle/", NEXT_STEP)],
    "mfa_index": [("/compte/securite/", OWN)],
    "mfa_activate_totp": [("/compte/securite/application/", WITHOUT_FACTOR)],
    "mfa_deactivate_totp": [
        ("/compte/securite/application/retrait/", Expected(302, 404, 200, 200, production=302))
    ],
    "mfa_view_recovery_codes": [
        ("/compte/securite/codes-de-secours/", Expected(302, 404, 404, 404, production=302))
    ],
    "mfa_generate_recovery_codes": [
        (
            "/compte/securite/codes-de-secours/nouveaux/",
            Expected(302, 200, 200, 200, production=302),
        )
    ],
    "mfa_download_recovery_codes": [
        (
            "/compte/securite/codes-de-secours/fichier/",
            Expected(302, 404, 404, 404, production=302),
        )
    ],
    "mfa_list_webauthn": [("/compte/securite/cles/", OWN)],
    "mfa_add_webauthn": [("/compte/securite/cles/ajout/", OWN)],
    "mfa_edit_webauthn": [
        ("/compte/securite/cles/1/nom/", Expected(302, 404, 404, 404, production=302))
    ],
    "mfa_remove_webauthn": [
        ("/compte/securite/cles/1/retrait/", Expected(302, 404, 404, 404, production=302))
    ],
    "identity_login": [("/compte/connexion/par/nulle/", ABSENT)],
    "identity_callback": [("/compte/connexion/par/nulle/retour/", ABSENT)],
    "socialaccount_connections": [("/compte/identites/", OWN)],
    "socialaccount_signup": [("/compte/identites/inscription/", NEXT_STEP)],
    "socialaccount_login_cancelled": [("/compte/identites/abandon/", PUBLIC)],
    "socialaccount_login_error": [
        ("/compte/identites/erreur/", Expected(302, 401, 401, 401, production=302))
    ],
    "usersessions_list": [("/compte/sessions/", OWN)],
}
