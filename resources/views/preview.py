"""The secret preview: somebody without account reads a text in progress and comments it."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from cops.formats import plain_lines
from cops.http import answers
from cops.http.honeypot import is_trapped
from cops.http.limits import Limit, take
from cops.http.methods import require_safe
from cops.http.secret_pages import secret_form
from resources.desk.forms import CommentForm
from resources.enums import Variant
from resources.models import PreviewLink
from resources.pictures import ADDRESS, public_id_of
from resources.reading.sheet import LANES, Sheet
from resources.reading.working_sheet import working_sheet
from resources.services.contents import section_at
from resources.services.drafts import working_text
from resources.services.previews import comment_add, preview_find
from resources.views.documents import picture_response

# By network: a whole ward may read one sheet behind one address.
TYPED = 20_000  # characters given back when the link is closed: more than a comment may have
WRITTEN = (Limit(20, seconds=600), Limit(200, seconds=86_400))


@secret_form
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, secret: str) -> HttpResponse:
    """The working text, each section with a place to comment it."""
    return _preview(request, secret, Variant.STANDARD)


@secret_form
@require_http_methods(["GET", "HEAD", "POST"])
def preview_falc(request: HttpRequest, secret: str) -> HttpResponse:
    """Its easy-to-read version."""
    return _preview(request, secret, Variant.FALC)


def _preview(request: HttpRequest, secret: str, variant: Variant) -> HttpResponse:
    link = preview_find(secret)
    if link is None:
        # Unknown, ended or closed: one answer, which tells nothing of the three. What was being
        # written is given back: who reads cannot come again.
        typed = plain_lines(request.POST.get("text", ""))[:TYPED]
        return render(request, "resources/preview_closed.html", {"typed": typed}, status=404)
    working = working_text(link.resource)
    last = link.resource.versions.order_by("-number", "pk").values_list("number", flat=True).first()
    sheet = working_sheet(link.resource, working.content, variant, number=(last or 0) + 1)
    if variant == Variant.FALC and not sheet.has_falc:
        raise Http404
    _pictures_here(sheet, request.path.removesuffix("falc/") + "images/")
    form, wait = None, 0
    if request.method == "POST":
        answer, form, wait = _comment(request, link, variant, working.content)
        if answer is not None:
            return answer
    response = render(
        request, "resources/preview.html",
        _context(request, link, secret, sheet, form),
        status=429 if wait else 422 if form else 200,
    )  # fmt: skip
    if wait:
        response["Retry-After"] = str(wait)
    return response


@secret_form
@require_safe
def preview_picture(request: HttpRequest, secret: str, name: str) -> HttpResponseBase:
    """A picture of the text in progress, to who holds the link."""
    link = preview_find(secret)
    if link is None or public_id_of(name) not in json.dumps(working_text(link.resource).content):
        raise Http404
    return picture_response(name)


def _comment(
    request: HttpRequest, link: PreviewLink, variant: Variant, content: Any
) -> tuple[HttpResponse | None, CommentForm | None, int]:
    """The answer to a comment that is kept; else its form with what is wrong, and a wait if any."""
    form = CommentForm(request.POST)
    section = section_at(content, (variant, request.POST.get("anchor", "")))
    # A section that was taken out meanwhile, or never was: the words are about the whole.
    anchor = section["anchor"] if section else ""
    thanks = HttpResponseRedirect(f"{request.path}?merci={anchor or 'tout'}#{_place(anchor)}")
    if is_trapped(request):
        return thanks, None, 0
    if not form.is_valid():
        return None, form, 0
    if wait := take(request, "preview-comment", *WRITTEN, key=str(link.pk)):
        message = f"Beaucoup de commentaires arrivent : attendez {answers.wait_fr(wait)}."
        form.add_error("text", message)
        return None, form, wait
    try:
        comment_add(
            link=link, text=form.cleaned_data["text"], name=form.cleaned_data["name"],
            variant=variant, anchor=anchor,
            section_title=section["title"] if section else "",
            section_html=section["source"] if section else "",
        )  # fmt: skip
    except ValidationError as error:
        form.add_error("text", error.messages)
        return None, form, 0
    return thanks, None, 0


def _pictures_here(sheet: Sheet, base: str) -> None:
    """Pictures of a text that is not public are read through the link."""

    def here(html: SafeString) -> SafeString:
        return mark_safe(html.replace(ADDRESS, base))  # noqa: S308  (an address of ours)

    for chapter in sheet.chapters:
        for part in (chapter, *chapter.parts):
            part.html = here(part.html)
            for step in part.steps:
                step.update({lane: here(step[lane]) for lane in LANES})


def _place(anchor: str) -> str:
    return f"commenter-{anchor}" if anchor else "commenter"


def _context(
    request: HttpRequest, link: PreviewLink, secret: str, sheet: Sheet, form: CommentForm | None
) -> dict[str, Any]:
    written: dict[str, list[Any]] = {}
    for comment in link.comments.filter(variant=sheet.variant).order_by("created_at", "pk"):
        written.setdefault(comment.anchor, []).append(comment)
    versions = []
    if sheet.has_falc:
        versions = [
            (label, reverse(f"resources:{name}", args=[secret]), sheet.variant == variant)
            for label, name, variant in (
                ("Texte de la fiche", "preview", Variant.STANDARD),
                ("Facile à lire", "preview_falc", Variant.FALC),
            )
        ]
    return {
        "link": link,
        "resource": sheet.resource,
        "sheet": sheet,
        "versions": versions,
        "chapters": [
            {
                "chapter": chapter,
                "place": _place(chapter.anchor),
                "thanked": request.GET.get("merci") == chapter.anchor,
                "written": written.pop(chapter.anchor, []),
                "form": form if form and form.data.get("anchor", "") == chapter.anchor else None,
            }
            for chapter in sheet.chapters
        ],
        "whole": [comment for comments in written.values() for comment in comments],
        "whole_form": form if form and not form.data.get("anchor", "") else None,
        "form": form,
        "error_place": _place(form.data.get("anchor", "")) if form else "",
        "whole_thanked": request.GET.get("merci") == "tout",
        "easy": sheet.variant == Variant.FALC,
    }
