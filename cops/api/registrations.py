"""What the API plugs into the ground: its timed work."""

from celery.schedules import crontab

from cops.background import every

every("cops.api.erase_old_quotas", crontab(hour=3, minute=25))
