"""Reading over by people without account: a secret address, comments, what the team did of them."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cops.audit import record
from cops.secrets import digest, digests, random_name
from resources.emails import preview_invitation
from resources.models import PreviewComment, PreviewLink, Resource

PURPOSE = "resources.preview"
# Somebody ill answers when they can: two weeks by default, a season at most.
DAYS, DAYS_AT_MOST = 14, 90
# A link that went round would be flooded without account: more than anybody writes in good faith.
COMMENTS_AT_MOST = 300
# After its end, a link is kept as long as the sheet may still be corrected from its comments.
KEPT_DAYS = 90
ERASED = "Personne effacée"


@transaction.atomic
def preview_create(
    *,
    resource: Resource,
    name: str,
    email: str = "",
    words: str = "",
    days: int = DAYS,
    by: Any,
) -> tuple[PreviewLink, str]:
    """A link for one reader, and its whole address, which is told once and never kept.

    With an e-mail, the address is sent there. Raises ValidationError.
    """
    if not 1 <= days <= DAYS_AT_MOST:
        raise ValidationError(f"Un aperçu vaut de 1 à {DAYS_AT_MOST} jours.")
    secret = random_name()
    link = PreviewLink(
        resource=resource,
        secret=digest(secret, purpose=PURPOSE),
        name=name,
        email=email,
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    link.full_clean(exclude=["secret", "resource", "created_by"])
    link.save()
    address = settings.SITE_ORIGIN + reverse("resources:preview", args=[secret])
    if email:
        preview_invitation(link, url=address, words=words)
    # The journal outlives the link: who reads it needs to know that one was made, not for whom.
    record(by, "preview.created", resource, {"expires_at": [None, link.expires_at.isoformat()]})
    return link, address


def preview_find(secret: str) -> PreviewLink | None:
    """The link of this secret, if it is open now."""
    return (
        PreviewLink.objects.open()
        .filter(secret__in=digests(secret, purpose=PURPOSE))
        .select_related("resource")
        .first()
    )


@transaction.atomic
def preview_revoke(*, link: PreviewLink, by: Any) -> PreviewLink:
    """Close a link at once; its comments stay. Closing it again changes nothing."""
    locked = PreviewLink.objects.select_for_update().get(pk=link.pk)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        record(by, "preview.revoked", locked.resource)
    return locked


@transaction.atomic
def comment_add(
    *,
    link: PreviewLink,
    text: str,
    variant: str,
    anchor: str = "",
    section_title: str = "",
    section_html: str = "",
    name: str = "",
) -> PreviewComment:
    """Keep what a reader wrote under a section; the same words sent twice are kept once.

    Raises ValidationError.
    """
    locked = PreviewLink.objects.select_for_update().get(pk=link.pk)
    comment = PreviewComment(
        link=locked,
        variant=variant,
        anchor=anchor,
        section_title=section_title,
        section_html=section_html,
        name=name.strip(),
        text=text.strip(),
        fingerprint=sha256(" ".join(text.split()).encode()).hexdigest(),
    )
    comment.full_clean(exclude=["link"], validate_constraints=False, validate_unique=False)
    same = {"variant": variant, "anchor": anchor, "fingerprint": comment.fingerprint}
    if (known := locked.comments.filter(**same).first()) is not None:
        return known
    if locked.comments.count() >= COMMENTS_AT_MOST:
        raise ValidationError(
            "Ce lien a déjà reçu beaucoup de commentaires : écrivez à l’équipe, elle vous lira."
        )
    comment.save()
    record(None, "preview.commented", locked.resource)
    return comment


@transaction.atomic
def comment_handle(*, comment: PreviewComment, handled: bool = True, by: Any) -> PreviewComment:
    """Mark a comment handled, or to be read again. Twice the same changes nothing."""
    locked = PreviewComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if bool(locked.handled_at) == handled:
        return locked
    locked.handled_at = timezone.now() if handled else None
    locked.handled_by = by if handled else None
    locked.save(update_fields=["handled_at", "handled_by"])
    action = "preview.comment_handled" if handled else "preview.comment_reopened"
    record(by, action, locked.link.resource)
    return locked


def previews_forget(user: Any) -> int:
    """For an account that is erased: the links sent to its address are closed, without it."""
    forgotten = comments_forget(user)
    sent = PreviewLink.objects.filter(email__iexact=user.email)
    now = timezone.now()
    sent.filter(revoked_at__isnull=True).update(revoked_at=now)
    forgotten += sent.update(email="", name=ERASED)
    return forgotten + PreviewLink.objects.filter(created_by=user).update(created_by=None)


def comments_forget(user: Any) -> int:
    """The comments of an account that is erased stay, for the text's sake; its name does not."""
    written = PreviewComment.objects.filter(link__email__iexact=user.email)
    forgotten = written.exclude(name="").update(name="")
    return forgotten + PreviewComment.objects.filter(handled_by=user).update(handled_by=None)
