"""Django's backend for Postgres, with fewer round trips (setting ``ENGINE``)."""
