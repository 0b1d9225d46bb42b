"""The quizzes: one statement at a time, all on a page, the summary, and the view for a meeting."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from cops import counters
from cops.pagecache import cached_page
from resources.models import Quiz, Resource, Term
from resources.reading.quiz import Answered, Answers, Summary, answered

_CRUMBS = [("Accueil", "/")]


@login_not_required
@cached_page()
def quizzes(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "resources/quizzes.html",
        {"crumbs": [*_CRUMBS, ("Quiz", None)], "quizzes": list(Quiz.objects.public().counted())},
    )


def _count(request: HttpRequest, slug: str) -> None:
    """A quiz is counted when it is opened, not at each of its steps."""
    if not request.GET:
        counters.add("quiz.view", slug)


@login_not_required
@cached_page(params=("vue", "n", "voir"), count=_count)
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """One quiz in the view asked by ``vue``: a statement at a time unless told otherwise.

    A page that carries answers is the visitor's own: it is not kept by the page cache
    (its parameters are not known ones), nor by search engines.
    """
    found = get_object_or_404(Quiz.objects.public(), slug=slug)
    statements = list(found.statements.prefetch_related(*_LINKS))
    answers = Answers.read(request.GET.get("r", ""), len(statements)).with_form(request.GET)
    items = answered(statements, answers)
    view = request.GET.get("vue", "")
    show = _VIEWS.get(view, _step) if items else _empty
    context = {
        "crumbs": [*_CRUMBS, ("Quiz", reverse("resources:quizzes")), (found.title, None)],
        "canonical": settings.SITE_ORIGIN + found.get_absolute_url(),
        "quiz": found,
        "items": items,
        "answers": answers,
        "noindex": bool(answers) or view in _VIEWS,
    }
    response = show(request, context)
    if context["noindex"]:
        response["X-Robots-Tag"] = "noindex"
    if answers:
        patch_cache_control(response, private=True)
    return response


# Only what the public may open is linked from an explanation.
_LINKS = (
    Prefetch("terms", Term.objects.public().only("slug", "term", "sort_key")),
    Prefetch("resource", Resource.objects.public().only("slug", "title", "kind")),
)


def _number(request: HttpRequest, count: int, *, first: int = 1) -> int:
    """The statement asked by ``n``; the first one when it is not a number of this quiz."""
    text = request.GET.get("n", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else first
    return number if first <= number <= count else first


def _around(items: list[Answered], number: int) -> dict[str, object]:
    return {
        "item": items[number - 1],
        "place": f"Affirmation {number} sur {len(items)}",
        "before": number - 1 or None,
        "after": number + 1 if number < len(items) else None,
    }


def _step(request: HttpRequest, context: dict) -> HttpResponse:
    items = context["items"]
    return render(
        request,
        "resources/quiz.html",
        {**context, **_around(items, _number(request, len(items)))},
    )


def _all(request: HttpRequest, context: dict) -> HttpResponse:
    return render(request, "resources/quiz_all.html", context)


def _summary(request: HttpRequest, context: dict) -> HttpResponse:
    return render(
        request, "resources/quiz_summary.html", {**context, "summary": Summary(context["items"])}
    )


def _meeting(request: HttpRequest, context: dict) -> HttpResponse:
    """One statement a screen, in large type; its explanation is the next screen; 0 opens."""
    items = context["items"]
    number = _number(request, len(items), first=0)
    place = _around(items, number) if number else {"item": None, "before": None, "after": 1}
    shown = bool(number) and request.GET.get("voir") == "1"
    return render(request, "resources/quiz_meeting.html", {**context, **place, "shown": shown})


def _empty(request: HttpRequest, context: dict) -> HttpResponse:
    return render(request, "resources/quiz_empty.html", context)


_VIEWS = {"tout": _all, "bilan": _summary, "animation": _meeting}
