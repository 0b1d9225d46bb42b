"""Figures of the sheets, for the team: on the page, one sheet over time, as CSV."""

from __future__ import annotations

import csv
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cops.accounts.perms import team_required
from cops.charts.bars import bars_svg
from cops.formats import cell_safe, count_fr, number_fr
from cops.http.methods import require_safe
from resources.models import Resource
from resources.reading.figures import (
    PERIODS,
    SORTS,
    Figures,
    Period,
    by_sheet,
    csv_rows,
    label_of,
    over_time,
    period_of,
)
from resources.reading.paging import page_of

PER_PAGE = 50
_HEADS = (
    ("titre", "Fiche"),
    ("vues", "Vues"),
    ("telechargements", "Téléchargements"),
    ("reponses", "Avis donnés"),
    ("utile", "Utile"),
)


@team_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every sheet in the period; ``?fiche=`` one of them over time."""
    period = period_of(request.GET.get("periode", ""))
    sort = request.GET.get("tri", "")
    sort = sort if sort in SORTS else "vues"
    sheet = _sheet(request)
    query = {"periode": period.name, "tri": sort} | ({"fiche": sheet.slug} if sheet else {})
    base = reverse("resources:desk_figures")
    rows = [] if sheet else by_sheet(period, sort=sort)
    points = over_time(period, slug=sheet.slug if sheet else "")
    context = {
        "period": period,
        "periods": [(name, words) for name, (words, *_) in PERIODS.items()],
        "sheet": sheet,
        "sort": sort,
        "heads": [
            (name, words, f"{base}?{urlencode(query | {'tri': name})}") for name, words in _HEADS
        ],
        "page": page_of(rows, request.GET.get("page", ""), per_page=PER_PAGE),
        "page_base": f"{base}?{urlencode(query)}",
        "csv_url": f"{reverse('resources:desk_figures_csv')}?{urlencode(query)}",
        **_chart(points, period),
        "crumbs": [
            ("Pilotage", reverse("pages:todo")),
            ("Ressources", reverse("resources:desk")),
            *([("Chiffres", base), (sheet.title, None)] if sheet else [("Chiffres", None)]),
        ],
    }  # fmt: skip
    return render(request, "resources/desk/figures.html", context)


@team_required
@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV, for a spreadsheet in French: « ; » between, each cell safe to open."""
    period, sheet = period_of(request.GET.get("periode", "")), _sheet(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"chiffres-{sheet.slug if sheet else 'fiches'}-{period.name}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    for row in csv_rows(period, slug=sheet.slug if sheet else ""):
        writer.writerow([cell_safe(cell) for cell in row])
    return response


def _sheet(request: HttpRequest) -> Resource | None:
    slug = request.GET.get("fiche", "").replace("\0", "")
    if not slug:
        return None
    found = Resource.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _chart(points: list[tuple[Any, Figures]], period: Period) -> dict[str, Any]:
    names = [label_of(day, by_month=period.by_month) for day, _ in points]
    views = [one.views for _, one in points]
    total = Figures()
    for _, one in points:
        for name in ("views", "downloads", "yes", "partly", "no"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
    grain = "mois" if period.by_month else "jour"
    title = "Aucune vue dans cette période"
    if total.views:
        seen = count_fr(total.views, "vue,vues")
        title = f"{seen} en tout, {number_fr(max(views))} le {grain} le plus lu"
    rows = [
        [name, one.views, one.downloads, one.yes, one.partly, one.no]
        for name, (_, one) in zip(names, points, strict=True)
    ]
    return {
        "total": total,
        "title": title,
        "svg": bars_svg(list(zip(names, views, strict=True)), title=title, uid="vues"),
        "columns": [grain.capitalize(), "Vues", "Téléchargements", "Oui", "En partie", "Non"],
        "rows": rows,
    }
