"""What search puts on the timer."""

from cops.background import every

# New words are known at once; their counts, and words that left, follow.
every("cops.search.refresh_words", 600.0)
