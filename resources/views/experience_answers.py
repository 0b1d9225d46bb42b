"""Those whom a link asks: a reader marks, a bearer says if it goes on, a visitor writes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cops.http import answers
from cops.http.honeypot import is_trapped
from cops.http.limits import Limit, take
from cops.http.secret_pages import secret_form
from resources import emails
from resources.enums import OngoingAnswer
from resources.forms.experiences import BearerMessageForm, OngoingForm, ReadingForm
from resources.models import Proposal, Resource
from resources.services.ongoing import ongoing_answer, question_of
from resources.services.proposal_readings import reading_of, reading_send
from resources.services.proposals import CHAPTERS
from resources.views.experiences import closed

# To one bearer: what a person can read in a day. To all of them: a hospital is one network.
MESSAGES_TO_ONE = (Limit(3, seconds=86_400),)
MESSAGES = (Limit(10, seconds=86_400),)


@secret_form
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, jeton: str) -> HttpResponseBase:
    """The page of a reader: the experience, then the grid; a thank-you once it is sent."""
    found = reading_of(jeton)
    if found is None:
        return closed(request)
    form = ReadingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reading_send(reading=found, marks=form.marks, words=form.cleaned_data["words"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("resources:proposal_reading", jeton)
    return render(
        request,
        "resources/experiences/reading.html",
        {
            "reading": found,
            "proposal": found.proposal,
            "chapters": chapters(found.proposal),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def chapters(proposal: Proposal) -> list[tuple[str, str]]:
    """What was told, under its titles; what was left empty is not shown."""
    told = [(title, getattr(proposal, name)) for name, title in CHAPTERS]
    return [(title, text) for title, text in told if text.strip()]


@secret_form
@require_http_methods(["GET", "HEAD", "POST"])
def ongoing(request: HttpRequest, jeton: str) -> HttpResponseBase:
    """« Toujours en cours ? »: nothing changes before one of the two buttons."""
    question = question_of(jeton)
    if question is None:
        return closed(request)
    form = OngoingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ongoing_answer(
            question=question,
            answer=OngoingAnswer(form.cleaned_data["answer"]),
            words=form.cleaned_data["words"],
        )
        return redirect("resources:ongoing", jeton)
    return render(
        request,
        "resources/experiences/ongoing.html",
        {"question": question, "resource": question.proposal.resource, "form": form},
        status=422 if form.errors else 200,
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_to_bearer(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Write to the bearer of a published experience, who agreed to be joined."""
    resource = get_object_or_404(Resource.objects.public(), slug=slug)
    proposal = Proposal.objects.filter(resource=resource, may_be_contacted=True).first()
    if proposal is None:
        raise Http404
    form = BearerMessageForm(request.POST if request.method == "POST" else None)
    sent = False
    if request.method == "POST" and form.is_valid():
        if not is_trapped(request):
            wait = take(request, "resources.bearer", *MESSAGES_TO_ONE, key=slug) or take(
                request, "resources.bearers", *MESSAGES
            )
            if wait:
                return answers.too_many(wait)
            emails.bearer_message(proposal, **form.cleaned_data)
        sent = True
    return render(
        request,
        "resources/experiences/write.html",
        {
            "crumbs": [("Accueil", "/"), ("Ressources", "/ressources/"),
                       (resource.title, resource.get_absolute_url()), ("Écrire", None)],
            "resource": resource,
            "form": form,
            "sent": sent,
        },
        status=422 if form.errors else 200,
    )  # fmt: skip
