"""The library's background work: thin doors on the documents."""

from __future__ import annotations

from celery import shared_task

from cops.background import dispatch
from cops.pdf import PdfBusy
from resources import documents
from resources.models import Resource
from resources.services.attachments import orphans_remove
from resources.services.ongoing import ongoing_ask_all

PREPARE_DOCUMENTS = "resources.prepare_documents"
# A publication whose message was lost is found again by the sweeper, so many a minute.
AT_ONCE = 20


@shared_task(
    name=PREPARE_DOCUMENTS,
    autoretry_for=(PdfBusy,),
    retry_backoff=True,
    max_retries=3,
    soft_time_limit=90,
    time_limit=120,
)
def prepare_documents(pk: int) -> None:
    """The PDFs of a resource in all its forms, ahead of the first request."""
    if (resource := Resource.objects.filter(pk=pk).first()) is not None:
        documents.resource_pdfs(resource)


@shared_task(name="resources.ask_ongoing", soft_time_limit=100, time_limit=120)
def ask_ongoing() -> None:
    """« Toujours en cours ? », to those of whom a year has passed."""
    ongoing_ask_all()


def prepare_missing() -> None:
    """The sweeper: published resources whose PDF was never made."""
    for pk in documents.unprepared(AT_ONCE):
        dispatch(PREPARE_DOCUMENTS, pk)


@shared_task(name="resources.remove_orphan_files", soft_time_limit=600, time_limit=660)
def remove_orphan_files() -> None:
    """The files that a killed process left without a row."""
    orphans_remove()


@shared_task(name="resources.remove_unused_pdfs", soft_time_limit=600, time_limit=660)
def remove_unused_pdfs() -> None:
    """The kept PDFs that no longer serve."""
    documents.unused_pdfs_remove()
