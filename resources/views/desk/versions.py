"""What was published, compared, and put back whole or paragraph by paragraph."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cops.accounts.perms import team_required
from cops.http.methods import require_safe
from resources.desk.sheet import Desk
from resources.models import Resource, ResourceVersion
from resources.services.comparing import compare
from resources.services.drafts import draft_replace, draft_take
from resources.views.desk.pages import done, found, shown, to_sheet

WORKING = "travail"
SAVES_AT_MOST = 50


@team_required
@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version, the last first, and what was saved since."""
    desk = Desk(found(slug))
    draft = desk.working.draft
    saves = (
        draft.revisions.select_related("saved_by").order_by("-number", "pk")[:50] if draft else []
    )
    return shown(request, "versions", desk, "Versions", saves=saves)


@team_required
@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """Two texts side by side: ``?de=2&a=5``, or ``a=travail`` for the working text."""
    desk = Desk(found(slug))
    old_name = request.GET.get("de") or (str(desk.last.number) if desk.last else WORKING)
    new_name = request.GET.get("a") or WORKING
    old, new = desk.compared(old_name), desk.compared(new_name)
    if old is None or new is None:
        raise Http404
    return shown(
        request, "compare", desk, "Comparer",
        old_name=old_name, new_name=new_name, old_label=old[0], new_label=new[0],
        differences=compare(old[1], new[1]),
        restores=new_name == WORKING and old_name != WORKING,
    )  # fmt: skip


@team_required
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """One paragraph, one field, one section or the whole of a version, back in the text."""
    resource = found(slug)
    version = _version(resource, request.POST.get("version", ""))
    post = request.POST
    if post.get("tout"):
        done(
            request,
            lambda: draft_replace(resource=resource, version=version, by=request.user),
            f"La version {version.number} est reprise dans le texte de travail."
            " Rien n’a changé en ligne.",
        )
        return to_sheet(resource, "texte")
    row = post.get("row", "")
    where: dict[str, Any] = {
        "group": post.get("group", ""),
        "unit": post.get("unit", ""),
        "row": int(row) if row.isascii() and row.isdigit() else None,
    }
    done(
        request,
        lambda: draft_take(
            resource=resource, version=version, by=request.user,
            seen=post.get("seen", ""), **where,
        ),
        f"Le passage est repris de la version {version.number}. Rien n’a changé en ligne.",
    )  # fmt: skip
    base = reverse("resources:desk_compare", args=[resource.slug])
    return redirect(f"{base}?de={version.number}&a={WORKING}")


def _version(resource: Resource, text: str) -> ResourceVersion:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
    return get_object_or_404(ResourceVersion, resource=resource, number=number)
