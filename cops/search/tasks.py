from celery import shared_task

from cops.search.words import words_refresh


@shared_task(name="cops.search.refresh_words", soft_time_limit=120, time_limit=150)
def refresh_words() -> None:
    words_refresh()
