"""Getting in: the grids, opening an assessment, typing its code, taking a place."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cops.http import answers
from cops.http.addresses import address
from cops.http.limits import Limit, take, waits
from cops.http.methods import require_safe
from cops.http.secret_pages import secret_form
from cops.pagecache import cached_page
from cops.secrets import is_secret, random_name
from selfassess.codes import code_read, code_shown
from selfassess.enums import ON_ONE_SCREEN, PLACES, Mode
from selfassess.forms import JoinForm, OpenForm
from selfassess.models import Assessment, Grid
from selfassess.reading.grids import grid_page, grids_listed, version_in_use
from selfassess.services.assessments import (
    Gone,
    assessment_left,
    assessment_of,
    assessment_open,
    assessment_visit,
    participant_join,
    participant_of,
)

# trust.md A17: by network, since a code may be tried by anybody.
WRONG_CODES = (Limit(5, seconds=60), Limit(30, seconds=3600))
# Links are counted apart: those who mistype do not hold back those who scan the QR code.
WRONG_LINK = "selfassess.wrong_link"
# A training room is one network too.
OPENINGS = (Limit(30, seconds=3600), Limit(200, seconds=86_400))

CRUMBS: list[tuple[str, str | None]] = [("Accueil", "/")]
NAME = "Auto-évaluation"


@login_not_required
@cached_page()
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The grids, and what each way of doing is for."""
    context = {"crumbs": [*CRUMBS, (NAME, None)], "grids": grids_listed()}
    return render(request, "selfassess/home.html", context)


@login_not_required
@cached_page()
@require_safe
def grid(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One grid: what it asks, its paper sheets, how to begin."""
    found = get_object_or_404(Grid.objects.public(), slug=slug)
    context = {"crumbs": [*CRUMBS, (NAME, address("selfassess:home")), (found.title, None)]}
    return render(request, "selfassess/grid.html", {**context, **grid_page(found)})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Begin: how, in which words. Nothing is made before the button."""
    found = get_object_or_404(Grid.objects.public(), slug=slug)
    version = version_in_use(found)
    instrument = version.read()
    initial = {"mode": request.GET.get("mode") or Mode.PAIR}
    form = OpenForm(request.POST or None, instrument=instrument, initial=initial)
    if request.method == "POST" and form.is_valid():
        if wait := take(request, "selfassess.open", *OPENINGS):
            return answers.too_many(wait)
        try:
            opened = assessment_open(
                version=version,
                mode=form.cleaned_data["mode"],
                wording=form.cleaned_data.get("wording") or "",
                expected=form.cleaned_data["expected"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(landing(opened.assessment, opened.code, opened.manager))
    return render(
        request,
        "selfassess/open.html",
        {
            "crumbs": [*CRUMBS, (NAME, address("selfassess:home")),
                       (found.title, found.get_absolute_url()), ("Commencer", None)],
            "grid": found,
            "form": form,
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


def landing(assessment: Assessment, code: str, manager: str) -> str:
    """Where the opener goes: alone or on one screen, straight to a place; else to the links.

    A place on one screen erases by itself (Place.erases): the secret to manage is told to nobody.
    """
    if assessment.mode in ON_ONE_SCREEN:
        return address("selfassess:join", code)
    return address("selfassess:manage", code, manager)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest) -> HttpResponseBase:
    """The code that somebody said or printed. A wrong one says nothing of those that exist."""
    typed = request.POST.get("code", "")
    wrong = ""
    if request.method == "POST":
        if wait := waits(request, "selfassess.code", *WRONG_CODES):
            return answers.too_many(wait)
        code = code_read(typed)
        if code and assessment_of(code):
            return redirect("selfassess:join", code)
        if wait := take(request, "selfassess.code", *WRONG_CODES):
            return answers.too_many(wait)
        wrong = (
            "Ce code n’ouvre aucune auto-évaluation. Il compte douze lettres : vérifiez-les"
            " avec la personne qui vous l’a donné."
        )
    return render(
        request,
        "selfassess/code.html",
        {
            "crumbs": [*CRUMBS, (NAME, address("selfassess:home")), ("Entrer un code", None)],
            "typed": typed[:60],
            "wrong": wrong,
        },
        status=422 if wrong else 200,
    )


def unknown(request: HttpRequest, code: str) -> HttpResponseBase:
    """A link whose code opens nothing: gone, when it was erased; else as any wrong code."""
    if assessment_left(code):
        return render(request, "selfassess/gone.html", status=410)
    if wait := take(request, WRONG_LINK, *WRONG_CODES):
        return answers.too_many(wait)
    return render(request, "selfassess/unknown.html", status=404)


@secret_form
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a place."""
    if wait := waits(request, WRONG_LINK, *WRONG_CODES):
        return answers.too_many(wait)
    assessment = assessment_of(code)
    if assessment is None:
        return unknown(request, code)
    assessment_visit(assessment)
    secret = request.POST.get("jeton", "")
    if is_secret(secret) and participant_of(assessment, secret):
        return redirect("selfassess:mine", code, secret)  # a double click: the place is theirs
    roles = list(assessment.participants.values_list("role", flat=True))
    one_each = assessment.mode in (Mode.PAIR, Mode.DEVICE)
    taken = roles if one_each else []
    instrument = assessment.instrument
    form = JoinForm(request.POST or None, instrument=instrument, taken=taken, for_two=one_each)
    if request.method == "POST" and form.is_valid():
        try:
            _, mine = participant_join(
                assessment=assessment,
                role=form.cleaned_data["role"],
                name=form.cleaned_data.get("name", ""),
                secret=secret if is_secret(secret) else "",
            )
        except Gone:
            return unknown(request, code)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            return redirect("selfassess:mine", code, mine)
    return render(
        request,
        "selfassess/join.html",
        {
            "assessment": assessment,
            "instrument": instrument,
            "grid": assessment.version.grid,
            "code": code,
            "code_shown": code_shown(code),
            "form": form,
            "jeton": secret if is_secret(secret) else random_name(),
            "is_over": bool(assessment.revealed_at or assessment.closed_at),
            "is_full": len(roles) >= PLACES[assessment.mode],
            "full_title": "Les deux places sont prises." if one_each
            else "Toutes les places sont prises.",
        },
        status=422 if form.errors else 200,
    )  # fmt: skip
