"""Words that say nothing to a search, without accents.

The French list of Postgres is looked up after the accents are gone, so that it misses
« à » or « même »; it knows neither « les » nor the words that open a question:
« comment devenir patient partenaire ? » asks for « devenir patient partenaire ».
"""

EMPTY_WORDS = frozenset({
    "a", "ai", "as", "au", "aux", "avait", "avec", "avoir", "c", "ca", "car", "ce", "cela",
    "celle", "celles", "celui", "ces", "cet", "cette", "ceux", "chez", "combien", "comme",
    "comment", "d", "dans", "de", "des", "donc", "du", "elle", "elles", "en", "entre", "es",
    "est", "et", "etant", "ete", "etes", "etre", "eu", "eux", "il", "ils", "j", "je", "l", "la",
    "laquelle", "le", "lequel", "les", "lesquelles", "lesquels", "leur", "leurs", "lui", "m",
    "ma", "mais", "me", "meme", "memes", "mes", "moi", "mon", "n", "ne", "ni", "nos", "notre",
    "nous", "on", "ont", "ou", "par", "pas", "plus", "pour", "pourquoi", "qu", "quand", "que",
    "quel", "quelle", "quelles", "quels", "qui", "quoi", "s", "sa", "sans", "se", "sera",
    "serait", "ses", "si", "son", "sont", "sous", "sur", "t", "ta", "te", "tes", "toi", "ton",
    "tres", "tu", "un", "une", "vers", "vos", "votre", "vous", "y",
})  # fmt: skip
