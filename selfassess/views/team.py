"""The team's page: what people agreed to share, and nothing of any assessment."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from cops.accounts.perms import team_required
from cops.http.methods import require_safe
from selfassess.models import Grid
from selfassess.reading.grids import version_in_use
from selfassess.reading.statistics import Counts, choices, counted, figures


class ChoiceForm(forms.Form):
    """Which grid, whose answers, when. What is not proposed is ignored."""

    grille = forms.ChoiceField(label="Grille", required=False)
    role = forms.ChoiceField(label="Rôle", required=False)
    trimestre = forms.ChoiceField(label="Trimestre", required=False)


@team_required
@require_safe
def figures_page(request: HttpRequest) -> HttpResponseBase:
    """Means and distributions, by grid, role and quarter."""
    counts = counted()
    known = choices(counts)
    grids = {grid.slug: grid for grid in Grid.objects.filter(slug__in=known["grid"])}
    form = ChoiceForm(request.GET or None)
    roles = [(role, role.replace("-", " ").capitalize()) for role in known["role"]]
    quarters = [(quarter, _quarter(quarter)) for quarter in known["quarter"]]
    fields: dict[str, Any] = dict(form.fields)
    fields["grille"].choices = [(slug, grid.title) for slug, grid in grids.items()]
    fields["role"].choices = [("", "Tous"), *roles]
    fields["trimestre"].choices = [("", "Tous"), *quarters]
    asked = {name: value for name, field in fields.items()
             if (value := request.GET.get(name, "")) in dict(field.choices)}  # fmt: skip
    slug = asked.get("grille") or next(iter(grids), "")
    rows = _rows(grids[slug], counts, asked) if slug else []
    return render(
        request,
        "selfassess/team.html",
        {
            "crumbs": [("Pilotage", "/pilotage/"), ("Auto-évaluations partagées", None)],
            "form": form,
            "rows": rows,
            "answers": max((row["total"] for row in rows), default=0),
        },
    )


def _quarter(code: str) -> str:
    """« 4e trimestre 2026 » for « 2026-T4 »."""
    year, _, number = code.partition("-T")
    return f"{number}{'er' if number == '1' else 'e'} trimestre {year}"


def _rows(grid: Grid, counts: Counts, asked: dict[str, str]) -> list[dict[str, Any]]:
    labels = version_in_use(grid).read().criteria
    found = figures(
        counts, grid=grid.slug, role=asked.get("role", ""), quarter=asked.get("trimestre", "")
    )
    # In the order of the wheel; a criterion of a former version comes last.
    ranks = {code: rank for rank, code in enumerate(labels)}
    found.sort(key=lambda row: (ranks.get(row.code, len(ranks)), row.code))
    return [
        {**asdict(row), "label": labels[row.code].label if row.code in labels else row.code}
        for row in found
    ]
