"""Writing the working text: the main fields, a section, a step, their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cops.accounts.perms import team_required
from cops.http.csp import editor_csp
from resources.desk.fields import seen_packed, seen_unpacked
from resources.desk.forms import FieldsForm, NewSectionForm, SectionForm, StepForm
from resources.desk.sheet import Desk
from resources.enums import Variant
from resources.models import Resource
from resources.services.contents import (
    Content,
    section_added,
    section_at,
    section_moved,
    section_removed,
    step_added,
    step_at,
    step_moved,
    step_removed,
)
from resources.services.drafts import (
    FIELDS,
    MeanwhileError,
    Seen,
    choices_of,
    draft_change,
    draft_save,
    piece_keep,
    piece_key,
    piece_read,
    piece_resolve,
)
from resources.views.desk.pages import done, found, shown, to_sheet

_SALT = "resources.desk.mine"
_methods = require_http_methods(["GET", "HEAD", "POST"])


@team_required
@editor_csp
@_methods
def fields(request: HttpRequest, slug: str) -> HttpResponse:
    """The main fields."""
    desk = Desk(found(slug))

    def make(data: Any) -> FieldsForm:
        return FieldsForm(
            data, resource=desk.resource, content=desk.content, seen=desk.working.seen(FIELDS)
        )

    return _piece(request, desk, FIELDS, "Présentation", make, "fields")


@team_required
@editor_csp
@_methods
def section(request: HttpRequest, slug: str, variant: str, anchor: str) -> HttpResponse:
    """One section: its title, its level, its text."""
    desk = Desk(found(slug))
    words = section_at(desk.content, (variant, anchor))
    if words is None and request.method != "POST":
        raise Http404
    shape = words or {"title": "", "level": 2, "source": "", "path": None}

    piece = piece_key(variant, anchor)

    def make(data: Any) -> SectionForm:
        return SectionForm(data, section=shape, seen=desk.working.seen(piece))

    title = f"Section « {shape['title']} »"
    return _piece(request, desk, piece, title, make, "section", section=words)


@team_required
@editor_csp
@_methods
def step(request: HttpRequest, slug: str, variant: str, anchor: str, number: int) -> HttpResponse:
    """One step of a practice path."""
    desk = Desk(found(slug))
    path = section_at(desk.content, (variant, anchor))
    words = step_at(path, number)
    if words is None and request.method != "POST":
        raise Http404
    lanes = dict.fromkeys(("partner", "professional", "actions"), "")
    empty = {"title": "", "partner_label": "", "professional_label": "", "source": lanes}

    piece = piece_key(variant, anchor, number)

    def make(data: Any) -> StepForm:
        return StepForm(data, step=words or empty, seen=desk.working.seen(piece))

    title = f"Étape {number} de « {path['title'] if path else ''} »"
    return _piece(request, desk, piece, title, make, "step", section=path, number=number)


def _piece(
    request: HttpRequest,
    desk: Desk,
    piece: str,
    title: str,
    make: Callable[[Any], Any],
    template: str,
    **context: Any,
) -> HttpResponse:
    """The form of a piece, its save, and the meeting of two editors."""
    if request.method == "POST" and "mien" in request.POST:
        return _settle(request, desk, piece, title)
    form = make(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _save(
            request, desk, piece, title, form.value(), form.cleaned_data["seen"], form=form
        )
        if answer is not None:
            return answer
    faults = [fault for fault in desk.faults if fault.piece == piece]
    comments = [c for c in desk.unread if f":{c.variant}:{c.anchor}:" in f"{piece}:"]
    return shown(
        request, template, desk, title, form=form, title=title, faults=faults,
        comments=comments, piece=piece, **context,
    )  # fmt: skip


def _save(
    request: HttpRequest,
    desk: Desk,
    piece: str,
    title: str,
    value: Mapping[str, Any],
    seen: Seen,
    *,
    form: Any = None,
) -> HttpResponse | None:
    try:
        draft_save(
            resource=desk.resource, piece=piece, value=value, seen=seen, label=title,
            by=request.user,
        )  # fmt: skip
    except MeanwhileError as error:
        return _meeting(request, Desk(desk.resource), title, error)
    except ValidationError as error:
        if form is None:
            raise
        form.add_error(None, error.messages)
        return None
    messages.success(request, f"{title} : enregistré dans le texte de travail.")
    if "apercu" in request.POST:
        address = reverse("resources:desk_preview", args=[desk.resource.slug])
        return redirect(address)
    return to_sheet(desk.resource, "texte")


def _meeting(request: HttpRequest, desk: Desk, title: str, error: MeanwhileError) -> HttpResponse:
    """Two texts side by side: who wrote the other, since when, and what to keep of each."""
    gone = error.theirs is None
    choices = []
    if not gone:
        choices = choices_of(desk.content, error.piece, error.mine, error.base)
    return shown(
        request, "meanwhile", desk, title,
        title=title, error=error, gone=gone, choices=choices, seen=seen_packed(error.now),
        mine=signing.dumps([error.piece, error.mine], salt=_SALT, compress=True),
    )  # fmt: skip


def _settle(request: HttpRequest, desk: Desk, piece: str, title: str) -> HttpResponse:
    """The piece made of both texts, as chosen."""
    try:
        own, mine = signing.loads(request.POST["mien"], salt=_SALT)
        seen = seen_unpacked(request.POST.get("seen", ""))
    except signing.BadSignature:
        raise Http404 from None
    if own != piece:
        raise Http404
    if piece_read(desk.content, piece) is None:
        return _put_back(request, desk, piece, title, mine)
    everything = request.POST.get("tout", "")
    names = [choice.name for choice in choices_of(desk.content, piece, mine, None)]
    chosen = {name: everything or request.POST.get(name, "") for name in names}
    value = piece_resolve(desk.content, piece, mine, chosen)
    try:
        answer = _save(request, desk, piece, title, value, seen)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        answer = None
    return answer or to_sheet(desk.resource, "texte")


def _put_back(
    request: HttpRequest, desk: Desk, piece: str, title: str, mine: Mapping[str, Any]
) -> HttpResponse:
    """The section was taken out meanwhile: it comes back, with what was written in it."""
    content = piece_keep(desk.working, piece)
    if content is None:
        raise Http404
    if done(
        request,
        lambda: draft_change(
            resource=desk.resource, change=lambda _: content, piece=piece,
            label=f"{title}, remise dans le texte", by=request.user,
        ),
        f"{title} : remise dans le texte.",
    ):  # fmt: skip
        desk = Desk(desk.resource)
        return _save(request, desk, piece, title, mine, desk.working.seen(piece)) or to_sheet(
            desk.resource, "texte"
        )
    return to_sheet(desk.resource, "texte")


@team_required
@require_POST
def shape(request: HttpRequest, slug: str) -> HttpResponse:
    """Sections and steps added, moved, taken out; each button says which."""
    resource = found(slug)
    gesture = request.POST.get("geste", "")
    if gesture == "section-ajouter":
        return _add_section(request, resource)
    key = (request.POST.get("variant", ""), request.POST.get("anchor", ""))
    text = request.POST.get("number", "")
    number = int(text) if text.isascii() and text.isdigit() else 0
    name = (section_at(Desk(resource).content, key) or {}).get("title", "")
    changes: dict[str, tuple[Callable[[Content], Content], str]] = {
        "section-monter": (lambda c: section_moved(c, key, up=True), "montée"),
        "section-descendre": (lambda c: section_moved(c, key, up=False), "descendue"),
        "section-retirer": (lambda c: section_removed(c, key), "retirée"),
        "etape-ajouter": (lambda c: step_added(c, key)[0], "une étape ajoutée"),
        "etape-monter": (lambda c: step_moved(c, key, number, up=True), f"étape {number} montée"),
        "etape-descendre": (
            lambda c: step_moved(c, key, number, up=False), f"étape {number} descendue",
        ),
        "etape-retirer": (lambda c: step_removed(c, key, number), f"étape {number} retirée"),
    }  # fmt: skip
    if gesture not in changes:
        raise Http404
    change, words = changes[gesture]
    label = f"Section « {name} », {words}"
    done(
        request,
        lambda: draft_change(resource=resource, change=change, label=label, by=request.user),
        f"{label}.",
    )
    return to_sheet(resource, "texte")


def _add_section(request: HttpRequest, resource: Resource) -> HttpResponse:
    form = NewSectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Donnez un titre à la section.")
        return to_sheet(resource, "texte")
    words = form.cleaned_data
    added: list[tuple[str, str]] = []

    def change(content: Content) -> Content:
        new, key = section_added(content, **words)
        added.append(key)
        return new

    label = f"Section « {words['title']} », ajoutée"
    if not done(
        request,
        lambda: draft_change(resource=resource, change=change, label=label, by=request.user),
        f"{label}.",
    ):
        return to_sheet(resource, "texte")
    variant, anchor = added[-1]
    return redirect("resources:desk_section", resource.slug, variant, anchor)


VARIANTS = tuple(Variant.values)
