"""What search puts on the timer, and does after a load of the starting content."""

from celery.schedules import crontab

from cops.background import every
from cops.content import after_load
from cops.search.words import words_refresh

# New words are known at once; their counts, and words that left, follow.
every("cops.search.refresh_words", 600.0)
# Searches without result are kept by the counters, which know no timer.
every("cops.counters.erase_old_misses", crontab(hour=4, minute=20))
after_load(words_refresh)
