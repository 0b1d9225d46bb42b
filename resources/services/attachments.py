"""Files that go with a resource, and pictures of its text: stored, replaced, taken away.

What is stored was looked at first (cops.uploads). A file and its row stand and fall together:
the file of a row that was refused goes at once, what a killed process leaves goes at night.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from cops.audit import record
from cops.pagecache import raise_version
from cops.secrets import random_name
from cops.uploads import Checked, Kind
from resources.models import Attachment, PracticeStep, ResourceVersion, Section
from resources.models.documents import stored_as
from resources.pictures import FOLDER, smaller

REMOVED, ADDED = "attachment.removed", "attachment.added"
# A file this young may belong to a row that is being written.
ORPHAN_AFTER = timedelta(days=1)
_LANES = ("partner_html", "professional_html", "actions_html")


def attachment_save(
    *, attachment: Attachment, checked: Checked | None = None, by: Any = None
) -> Attachment:
    """Save an attached file, new or not; ``checked`` brings its content, or another one.

    Raises ValidationError: a picture says what it shows, or that it is decorative. When the
    row cannot be saved, the files that were written for it are gone.
    """
    if checked is not None:
        attachment.media_type = checked.media_type
    _refuse_silent_picture(attachment)
    old = _stored_names(attachment) if attachment.pk else []
    with _written(attachment, checked), transaction.atomic():
        attachment.full_clean(exclude=["resource"])
        new = attachment.pk is None
        attachment.save()
        if new:
            record(by, ADDED, attachment.resource, {"title": ["", attachment.title]})
        if checked is not None and old:
            _forget(old)
        raise_version()
    return attachment


@transaction.atomic
def attachment_remove(*, attachment: Attachment, by: Any = None) -> None:
    """Take an attached file away. Raises ValidationError for a picture that a text shows."""
    if attachment.is_picture and (where := picture_uses(attachment.file_name)):
        raise ValidationError(
            f"Cette image est dans le texte ({where[0]}). Retirez-la d’abord du texte."
        )
    names = _stored_names(attachment)
    record(by, REMOVED, attachment.resource, {"title": [attachment.title, ""]})
    attachment.delete()
    _forget(names)
    raise_version()


def picture_uses(name: str) -> list[str]:
    """The titles of the sections, of any sheet, whose text shows a picture."""
    steps = Q()
    for lane in _LANES:
        steps |= Q(**{f"{lane}__contains": name})
    holders = PracticeStep.objects.filter(steps).values("path__section")
    shown = Section.objects.filter(Q(source_html__contains=name) | Q(pk__in=holders))
    return list(shown.order_by("pk").values_list("title", flat=True))


def orphans_remove() -> int:
    """Erase the files of no row and no version, a day old; gives how many."""
    limit = timezone.now() - ORPHAN_AFTER
    kept = {
        name
        for attachment in Attachment.objects.only("file", "media_type").order_by("pk").iterator()
        for name in _stored_names(attachment)
    }
    removed = 0
    for name in _listed(FOLDER):
        if name in kept or default_storage.get_modified_time(name) > limit:
            continue
        if not _is_in_a_version(name):
            default_storage.delete(name)
            removed += 1
    return removed


def _refuse_silent_picture(attachment: Attachment) -> None:
    attachment.alternative = attachment.alternative.strip()
    if not attachment.is_picture:
        attachment.alternative, attachment.decorative = "", False
    elif attachment.decorative and attachment.alternative:
        raise ValidationError(
            {"decorative": "Une image décorative ne se décrit pas : choisissez l’un ou l’autre."}
        )
    elif not attachment.decorative and not attachment.alternative:
        raise ValidationError(
            {
                "alternative": "Écrivez en une phrase ce que l’image montre, ou dites qu’elle est"
                " décorative."
            }
        )


@contextlib.contextmanager
def _written(attachment: Attachment, checked: Checked | None) -> Iterator[None]:
    """Write the files first, under a new random name; take them back if what follows fails."""
    if checked is None:
        yield
        return
    # Never the former name: what a browser or a printed version holds stays what it was.
    attachment.public_id = random_name()
    names: list[str] = []
    try:
        for suffix, content in checked.files.items():
            end = f"-{suffix}" if suffix else ""
            wanted = stored_as(attachment, f"{end}.{checked.extension}")
            names.append(default_storage.save(wanted, ContentFile(content)))
        # A name, not the upload that a form may have put there: that one would be stored too.
        attachment.file = names[0]  # type: ignore[assignment]
        attachment.name = checked.name
        attachment.size = checked.size
        attachment.pages = checked.pages if checked.kind == Kind.PDF else None
        yield
    except BaseException:
        _delete(names)
        raise


def _stored_names(attachment: Attachment) -> list[str]:
    name = str(attachment.file)
    if not name or not attachment.is_picture:
        return [name] if name else []
    folder, _, last = name.rpartition("/")
    try:
        return list(dict.fromkeys([name, f"{folder}/{smaller(last)}"]))
    except ValueError:  # kept before pictures had their size in their name
        return [name]


def _forget(names: list[str]) -> None:
    """Delete files once the change is certain, but those that a printed version shows."""
    transaction.on_commit(lambda: _delete(name for name in names if not _is_in_a_version(name)))


def _is_in_a_version(name: str) -> bool:
    """A version is made again years later with the pictures it had."""
    last = name.rpartition("/")[2]
    parts = [last] if "-" not in last else [last.partition("-")[0]]
    words = ResourceVersion.objects.annotate(words=Cast("snapshot", TextField()))
    return words.filter(words__contains=parts[0]).exists()


def _delete(names: Iterable[str]) -> None:
    for name in names:
        # A disk that fails leaves a file: the night finds it again.
        with contextlib.suppress(OSError):
            default_storage.delete(name)


def _listed(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        yield f"{folder}/{file}"
    for inside in folders:
        yield from _listed(f"{folder}/{inside}")
