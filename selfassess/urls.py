"""The self-assessment's addresses; the table is in architecture.md « Addresses »."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, register_converter

from selfassess.codes import LENGTH, LETTERS
from selfassess.views import account, doors, keeping, manage, mine, papers, team, together
from selfassess.views.places import BY_ACCOUNT


class Code:
    """Twelve of the twenty letters; what is typed is read by ``code_read`` first."""

    regex = f"[{LETTERS}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ByAccount(Code):
    """What stands for the code where an account leads (selfassess.views.places)."""

    regex = BY_ACCOUNT


register_converter(Code, "assessment_code")
register_converter(ByAccount, "by_account")

app_name = "selfassess"
View = Callable[..., HttpResponseBase]
DOORS = ("autoevaluation/e/<assessment_code:code>/", "autoevaluation/<by_account:code>/")


def _both(part: str, routes: list[tuple[str, View, str]]) -> list[URLPattern]:
    """Each page by its secret link, and by the account that keeps it: one name for both."""
    return [
        path(f"{door}{part}/<secret:jeton>/{route}", view, name=name)
        for door in DOORS
        for route, view, name in routes
    ]


urlpatterns: list[URLPattern] = [
    path("autoevaluation/", doors.home, name="home"),
    path("autoevaluation/code/", doors.type_code, name="code"),
    path("autoevaluation/e/<assessment_code:code>/", doors.join, name="join"),
    *_both(
        "p",
        [
            ("", mine.mine, "mine"),
            ("repondre/", mine.answer, "answer"),
            ("relire/", mine.review, "review"),
            ("reprendre/", mine.reopen, "reopen"),
            ("etat/", mine.state, "state"),
            ("lien/", keeping.keep, "keep"),
            ("effacer/", manage.erase, "erase"),
            ("compte/", account.keep_mine, "keep_mine"),
            ("region/", mine.share, "share"),
            ("ensemble/", together.together, "together"),
            ("decisions/", together.decisions, "decisions"),
            ("commun/", together.joint, "joint"),
            ("commun/<int:position>/", together.tick, "tick"),
            ("rappel/", together.remind, "remind"),
            ("encore/", together.again, "again"),
            ("<slug:name>.pdf", papers.of_assessment, "paper"),
        ],
    ),
    *_both(
        "g",
        [
            ("", manage.manage, "manage"),
            ("etat/", manage.state, "manage_state"),
            ("lien/", keeping.keep_manager, "keep_manager"),
            ("compte/", account.keep_opener, "keep_opener"),
            ("retourner/", manage.reveal, "reveal"),
            ("fermer/", manage.close, "close"),
            ("rouvrir/", manage.admit, "admit"),
            ("effacer/", manage.delete, "delete"),
            ("animation/", manage.facilitate, "facilitate"),
        ],
    ),
    path("autoevaluation/<sheet_slug:slug>/", doors.grid, name="grid"),
    path("autoevaluation/<sheet_slug:slug>/commencer/", doors.open_one, name="open"),
    path("autoevaluation/<sheet_slug:slug>/<slug:name>.pdf", papers.of_grid, name="grid_paper"),
    path("compte/auto-evaluations/", account.kept, name="kept"),
    path("compte/auto-evaluations/garder/", account.keep_waiting, name="keep_waiting"),
    path("compte/auto-evaluations/<secret:public_id>/retirer/", account.remove, name="kept_remove"),
    path("pilotage/autoevaluation/", team.figures_page, name="team"),
]
