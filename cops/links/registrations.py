"""What the check of links plugs into the ground."""

from celery.schedules import crontab

from cops.background import every, sweep
from cops.links.checking import links_check_due
from cops.links.waiting import links_waiting
from cops.todo import register_source

every("cops.links.gather", crontab(hour=2, minute=20))
sweep("links.check", links_check_due)
register_source("links.broken", "Liens cassés", links_waiting, page="pages:links")
