"""The self-assessment's addresses; the table is in architecture.md « Addresses »."""

from django.urls import URLPattern, path, register_converter

from selfassess.codes import LENGTH, LETTERS
from selfassess.views import doors, manage, mine, papers, team, together


class Code:
    """Twelve of the twenty letters; what is typed is read by ``code_read`` first."""

    regex = f"[{LETTERS}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Code, "assessment_code")

app_name = "selfassess"
MINE = "autoevaluation/e/<assessment_code:code>/p/<secret:jeton>/"
MANAGE = "autoevaluation/e/<assessment_code:code>/g/<secret:jeton>/"

urlpatterns: list[URLPattern] = [
    path("autoevaluation/", doors.home, name="home"),
    path("autoevaluation/code/", doors.type_code, name="code"),
    path("autoevaluation/e/<assessment_code:code>/", doors.join, name="join"),
    path(MINE, mine.mine, name="mine"),
    path(f"{MINE}repondre/", mine.answer, name="answer"),
    path(f"{MINE}relire/", mine.review, name="review"),
    path(f"{MINE}reprendre/", mine.reopen, name="reopen"),
    path(f"{MINE}etat/", mine.state, name="state"),
    path(f"{MINE}lien/", mine.keep, name="keep"),
    path(f"{MINE}region/", mine.share, name="share"),
    path(f"{MINE}ensemble/", together.together, name="together"),
    path(f"{MINE}decisions/", together.decisions, name="decisions"),
    path(f"{MINE}commun/", together.joint, name="joint"),
    path(f"{MINE}commun/<int:position>/", together.tick, name="tick"),
    path(f"{MINE}rappel/", together.remind, name="remind"),
    path(f"{MINE}encore/", together.again, name="again"),
    path(f"{MINE}<slug:name>.pdf", papers.of_assessment, name="paper"),
    path(MANAGE, manage.manage, name="manage"),
    path(f"{MANAGE}etat/", manage.state, name="manage_state"),
    path(f"{MANAGE}retourner/", manage.reveal, name="reveal"),
    path(f"{MANAGE}fermer/", manage.close, name="close"),
    path(f"{MANAGE}effacer/", manage.delete, name="delete"),
    path(f"{MANAGE}animation/", manage.facilitate, name="facilitate"),
    path("autoevaluation/<sheet_slug:slug>/", doors.grid, name="grid"),
    path("autoevaluation/<sheet_slug:slug>/commencer/", doors.open_one, name="open"),
    path("autoevaluation/<sheet_slug:slug>/<slug:name>.pdf", papers.of_grid, name="grid_paper"),
    path("pilotage/autoevaluation/", team.figures_page, name="team"),
]
