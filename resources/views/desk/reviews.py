"""Reading over by people without account, seen from the team: links and comments."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from cops.accounts.perms import team_required
from resources.desk.forms import PreviewForm
from resources.desk.sheet import Desk
from resources.models import PreviewComment, PreviewLink
from resources.services.previews import comment_handle, preview_create, preview_revoke
from resources.views.desk.pages import done, found, shown


@team_required
@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """The links of a sheet and the comments they brought; a new link is shown once."""
    desk = Desk(found(slug))
    form = PreviewForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            link, address = preview_create(resource=desk.resource, by=request.user, **words)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if link.email:
                messages.success(request, f"Le lien part pour {link.email}.")
            form = PreviewForm()
    answer = shown(request, "reviews", desk, "Relectures", form=form, address=address)
    if address:
        answer["Cache-Control"] = "no-store"
    return answer


@team_required
@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    link = get_object_or_404(PreviewLink, pk=pk, resource__slug=slug)
    done(
        request,
        lambda: preview_revoke(link=link, by=request.user),
        f"Le lien de {link.name} est fermé. Ses commentaires sont gardés.",
    )
    return redirect("resources:desk_reviews", slug)


@team_required
@require_POST
def comment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Marks a comment handled, or to be read again."""
    row = get_object_or_404(PreviewComment, pk=pk, link__resource__slug=slug)
    handled = request.POST.get("etat") != "a-revoir"
    comment_handle(comment=row, handled=handled, by=request.user)
    words = "Le commentaire est marqué comme traité." if handled else "Le commentaire est à revoir."
    messages.success(request, words)
    return redirect("resources:desk_reviews", slug)
