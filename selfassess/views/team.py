"""The team's page: what people agreed to share, and nothing of any assessment."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cops.accounts.perms import team_required
from selfassess.models import Grid
from selfassess.reading.grids import version_in_use
from selfassess.reading.statistics import choices, figures


class ChoiceForm(forms.Form):
    """Which grid, whose answers, when. What is not proposed is ignored."""

    grille = forms.ChoiceField(label="Grille", required=False)
    role = forms.ChoiceField(label="Rôle", required=False)
    trimestre = forms.ChoiceField(label="Trimestre", required=False)


@team_required
@require_safe
def figures_page(request: HttpRequest) -> HttpResponseBase:
    """Means and distributions, by grid, role and quarter."""
    known = choices()
    grids = {grid.slug: grid for grid in Grid.objects.filter(slug__in=known["grid"])}
    form = ChoiceForm(request.GET or None)
    form.fields["grille"].choices = [(slug, grid.title) for slug, grid in grids.items()]  # type: ignore[attr-defined]
    form.fields["role"].choices = [("", "Tous"), *((r, r) for r in known["role"])]  # type: ignore[attr-defined]
    form.fields["trimestre"].choices = [  # type: ignore[attr-defined]
        ("", "Tous"), *((q, q) for q in known["quarter"])
    ]  # fmt: skip
    asked = {name: value for name in form.fields
             if (value := request.GET.get(name, "")) in dict(form.fields[name].choices)}  # type: ignore[attr-defined]  # fmt: skip
    slug = asked.get("grille") or next(iter(grids), "")
    rows = _rows(grids, slug, asked) if slug else []
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


def _rows(grids: dict[str, Grid], slug: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    labels = version_in_use(grids[slug]).read().criteria
    found = figures(grid=slug, role=asked.get("role", ""), quarter=asked.get("trimestre", ""))
    # In the order of the wheel; a criterion of a former version comes last.
    ranks = {code: rank for rank, code in enumerate(labels)}
    found.sort(key=lambda row: (ranks.get(row.code, len(ranks)), row.code))
    return [
        {**asdict(row), "label": labels[row.code].label if row.code in labels else row.code}
        for row in found
    ]
