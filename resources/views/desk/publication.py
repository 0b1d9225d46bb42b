"""Publishing: what will change, what stands in the way, and when."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cops.accounts.perms import team_required
from resources.desk.forms import PublishForm
from resources.desk.sheet import Desk
from resources.desk.states import moment
from resources.services.correcting import draft_publish
from resources.services.drafts import draft_plan
from resources.services.publishing import resource_publish
from resources.views.desk.pages import found, shown, to_sheet


@team_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    desk = Desk(found(slug))
    if not desk.can_publish:
        messages.info(request, "Il n’y a rien à publier : aucun mot n’a changé.")
        return to_sheet(desk.resource)
    form = PublishForm(request.POST or None, initial={"seen": desk.working.mark})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != desk.working.mark:
            form.add_error(
                None,
                "Quelqu’un a enregistré ce texte depuis que vous avez ouvert cette page :"
                " voici ce qui sera publié maintenant. Rien n’a été publié.",
            )
            again = request.POST.copy()
            again["seen"] = desk.working.mark
            form.data = again
        else:
            try:
                words = _publish(request, desk, form)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, words)
                return to_sheet(desk.resource)
    return shown(request, "publish", desk, "Publier", form=form)


def _publish(request: HttpRequest, desk: Desk, form: PublishForm) -> str:
    resource, by = desk.resource, request.user
    at, note = form.cleaned_data["at"], form.cleaned_data["note"]
    if desk.is_published and at:
        draft_plan(resource=resource, at=at, note=note, by=by)
        return (
            f"La correction sera publiée le {moment(at)}."
            " D’ici là, la version d’aujourd’hui reste en ligne."
        )
    if desk.is_published:
        draft_publish(resource=resource, note=note, by=by)
        return "La correction est publiée."
    planned = resource.published_at
    if at is None and (planned is None or planned > timezone.now()):
        at = timezone.now()
    resource_publish(resource=resource, at=at, note=note, by=by)
    if form.cleaned_data["at"]:
        return f"La fiche sera en ligne le {moment(at)}."
    return "La fiche est en ligne."
