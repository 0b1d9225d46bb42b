"""Run once in the database of the outage tests: tables, an account, a session; gives its key."""

import sys

import django


def main() -> str:
    """The key of a session in which an administrator is signed in."""
    from django.conf import settings
    from django.contrib import auth
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from cops.accounts.enums import Role
    from tests.accounts.people import person

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    user = person(Role.ADMINISTRATOR, email="a@example.org")
    session = SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(main())
