"""Attached files, pictures, kept PDFs, links to elsewhere."""

from celery.schedules import crontab

from cops.audit import register_action
from cops.background import every
from cops.links import register_links
from resources.reading.links_used import links_used
from resources.services import attachments

register_action(attachments.ADDED, "Pièce jointe ajoutée")
register_action(attachments.REMOVED, "Pièce jointe retirée")
every("resources.remove_orphan_files", crontab(hour=3, minute=50))
every("resources.remove_unused_pdfs", crontab(hour=4, minute=10))
register_links("resources", links_used)
