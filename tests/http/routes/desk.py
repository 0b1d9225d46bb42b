"""The team's desk under /pilotage/ressources/, and the secret preview."""

from tests.http.routes.expected import ABSENT, Expected, Table

# Anonymous visitors are sent to sign in; what a member may not see does not exist.
TEAM = Expected(302, 404, 200, 200, production=302)
TEAM_ABSENT = Expected(302, 404, 404, 404, production=302)
TEAM_POST = Expected(302, 404, 405, 405, production=302)
# Nothing to publish: back to the sheet, which says so.
TEAM_BACK = Expected(302, 404, 302, 302, production=302)

_DESK = "/pilotage/ressources/"
_SHEET = f"{_DESK}fiche/"

ROUTES: Table = {
    "resources:desk": [
        (_DESK, TEAM),
        (f"{_DESK}?etat=nul&page=zz&genre=nul", TEAM),
        (f"{_DESK}?etat=a-relire&page=99999", TEAM),
    ],
    "resources:desk_new": [
        (f"{_DESK}nouveau/", TEAM),
        (f"{_DESK}nouveau/?de=fiche", TEAM),
        (f"{_DESK}nouveau/?de=nulle", TEAM),
    ],
    "resources:desk_searches": [("/pilotage/recherches/", TEAM)],
    "resources:desk_sheet": [
        (_SHEET, TEAM),
        (f"{_DESK}brouillon/", TEAM),
        (f"{_DESK}nulle/", TEAM_ABSENT),
    ],
    "resources:desk_act": [(f"{_SHEET}geste/", TEAM_POST)],
    "resources:desk_preview": [
        (f"{_SHEET}apercu/", TEAM),
        (f"{_SHEET}apercu/?version=falc", TEAM),
        (f"{_DESK}brouillon/apercu/?version=falc", TEAM_ABSENT),
    ],
    "resources:desk_pdf": [
        (f"{_SHEET}apercu.pdf", TEAM),
        (f"{_SHEET}apercu.pdf?forme=nulle", TEAM_ABSENT),
    ],
    "resources:desk_fields": [(f"{_SHEET}presentation/", TEAM)],
    "resources:desk_shape": [(f"{_SHEET}plan/", TEAM_POST)],
    "resources:desk_section": [
        (f"{_SHEET}texte/standard/section-1/", TEAM),
        (f"{_SHEET}texte/standard/nulle/", TEAM_ABSENT),
    ],
    "resources:desk_step": [(f"{_SHEET}texte/standard/section-1/etapes/1/", TEAM_ABSENT)],
    "resources:desk_versions": [(f"{_SHEET}versions/", TEAM)],
    "resources:desk_compare": [
        (f"{_SHEET}versions/comparer/", TEAM),
        (f"{_SHEET}versions/comparer/?de=99&a=travail", TEAM_ABSENT),
        (f"{_SHEET}versions/comparer/?de=%00&a=x", TEAM_ABSENT),
    ],
    "resources:desk_take": [(f"{_SHEET}versions/reprendre/", TEAM_POST)],
    "resources:desk_publish": [
        (f"{_SHEET}publier/", TEAM_BACK),
        (f"{_DESK}brouillon/publier/", TEAM),
    ],
    "resources:desk_reviews": [(f"{_SHEET}relectures/", TEAM)],
    "resources:desk_revoke": [(f"{_SHEET}relectures/1/fermer/", TEAM_POST)],
    "resources:desk_comment": [(f"{_SHEET}commentaires/1/", TEAM_POST)],
    "resources:preview": [("/apercu/inconnu/", ABSENT)],
    "resources:preview_falc": [("/apercu/inconnu/falc/", ABSENT)],
}
