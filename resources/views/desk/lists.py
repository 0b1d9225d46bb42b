"""The list of the team's sheets, a new one, what was looked for in vain."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cops.accounts.perms import team_required
from cops.http.methods import require_safe
from resources.desk.forms import NewResourceForm
from resources.desk.lists import DeskAsked, Tab, desk_asked, desk_page, misses, tab_counts
from resources.desk.states import in_work, on_view
from resources.enums import Kind
from resources.models import Resource
from resources.services.creating import resource_copy, resource_create
from resources.views.desk.pages import to_sheet


def _crumbs(title: str) -> list[tuple[str, str | None]]:
    crumbs: list[tuple[str, str | None]] = [("Pilotage", reverse("pages:todo"))]
    if title != "Ressources":
        crumbs.append(("Ressources", reverse("resources:desk")))
    return [*crumbs, (title, None)]


def _address(asked: DeskAsked, **change: str) -> str:
    query = QueryDict(mutable=True)
    asked_now = {"etat": asked.tab, "q": asked.text, "genre": asked.kind, **change}
    for name, value in asked_now.items():
        if value and value != Tab.ALL:
            query[name] = value
    base = reverse("resources:desk")
    return f"{base}?{query.urlencode()}" if query else base


@team_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The sheets by what waits: ``?etat=``, ``?q=``, ``?genre=``, ``?page=``."""
    asked = desk_asked(request.GET)
    text = request.GET.get("page", "1")
    page = desk_page(asked, int(text) if text.isascii() and text.isdigit() else 1)
    counts = tab_counts()
    tabs = [
        (tab.label, _address(asked, etat=tab.value), counts[tab], tab == asked.tab) for tab in Tab
    ]
    return render(
        request,
        "resources/desk/list.html",
        {
            "crumbs": _crumbs("Ressources"),
            "tabs": tabs,
            "asked": asked,
            "tab_label": Tab(asked.tab).label,
            "page": page,
            "rows": [
                (
                    row,
                    on_view(row, number=row.version_number),
                    in_work(row, getattr(row, "draft", None), saved_at=row.saved_at),
                )
                for row in page
            ],
            "base": _address(asked),
            "kinds": Kind.choices,
        },
    )


@team_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new sheet, from nothing or (``?de=``) from another one."""
    slug = (request.POST or request.GET).get("de", "")[:80].replace("\0", "")
    source = Resource.objects.filter(slug=slug).first() if slug else None
    initial = {}
    if source is not None:
        initial = {
            "title": f"{source.title} (copie)"[:200],
            "kind": source.kind,
            "summary": source.summary,
        }
    form = NewResourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words: dict[str, Any] = {**form.cleaned_data, "by": request.user}
        try:
            made = resource_copy(source=source, **words) if source else resource_create(**words)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "La fiche est créée : c’est un brouillon.")
            return to_sheet(made)
    context = {"crumbs": _crumbs("Nouvelle fiche"), "form": form, "source": source}
    return render(request, "resources/desk/new.html", context)


@team_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """What visitors looked for three times at least, and did not find."""
    context = {"crumbs": _crumbs("Recherches sans résultat"), "rows": misses()}
    return render(request, "resources/desk/searches.html", context)
