"""What search puts on the timer, and does after a load of the starting content."""

from cops.background import every
from cops.content import after_load
from cops.search.words import words_refresh

# New words are known at once; their counts, and words that left, follow.
every("cops.search.refresh_words", 600.0)
after_load(words_refresh)
