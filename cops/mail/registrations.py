"""What the outbox plugs into the ground: its sweeper and the end of what it keeps."""

from celery.schedules import crontab

from cops.background import every, sweep
from cops.mail.sweeping import outbox_sweep

sweep("mail.outbox", outbox_sweep)
every("cops.mail.erase_old", crontab(hour=4, minute=40))
