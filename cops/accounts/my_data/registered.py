"""What « Mes données » plugs into the rest: its copy, its mails, its nights."""

from celery.schedules import crontab
from django.contrib.auth.signals import user_logged_in

from cops.accounts.my_data import archive
from cops.accounts.my_data.departing import note_departing
from cops.accounts.my_data.emails import CATEGORY
from cops.accounts.my_data.leaving import LEAVING, STAYED, last_words_forget
from cops.accounts.perms import sudo_required
from cops.audit import register_action
from cops.background import every, sweep
from cops.exports import register_kind
from cops.mail import register_category


def register_my_data() -> None:
    """Called once, from the registrations of accounts."""
    register_category(CATEGORY, "Vos données, et l’avenir de votre compte", bulk=False)
    register_action(LEAVING, "Effacement du compte demandé")
    register_action(STAYED, "Effacement du compte annulé")
    register_kind(
        archive.KIND,
        archive.LABEL,
        make=archive.my_data_make,
        phases=archive.PHASES,
        days=archive.DAYS,
        downloads=1,
        guard=sudo_required,
        back=archive.back,
    )
    user_logged_in.connect(note_departing, dispatch_uid="cops.accounts.departing")
    sweep("accounts.last_words", last_words_forget)
    every("cops.accounts.tidy", crontab(hour=3, minute=0))
    every("cops.accounts.end_departures", crontab(hour=3, minute=10))
