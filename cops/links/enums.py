from django.db import models


class State(models.TextChoices):
    """What the last check found."""

    NEW = "new", "À vérifier"
    GOOD = "good", "Bon"
    MOVED = "moved", "Déplacé"
    UNSURE = "unsure", "Non vérifiable"
    FAILING = "failing", "En échec"
    BROKEN = "broken", "Cassé"


class Reason(models.TextChoices):
    """Why, in words for the team."""

    NONE = "", ""
    NOT_FOUND = "not_found", "La page n’existe pas ou plus"
    REFUSED = "refused", "Le site n’ouvre pas cette page à un robot : regardez-la vous-même"
    SERVER = "server", "Le site est en panne"
    SILENT = "silent", "Le site ne répond pas"
    NO_HOST = "no_host", "Le nom de ce site n’existe pas ou plus"
    UNSAFE = "unsafe", "Le certificat de ce site n’est pas valable"
    PRIVATE = "private", "Cette adresse n’est pas sur l’internet public"
    ODD = "odd", "Cette adresse n’a pas la bonne forme"
    LOOP = "loop", "Le site renvoie sans fin d’une adresse à une autre"
    ANCHOR = "anchor", "La page existe, mais pas ce passage"
    HIDDEN = "hidden", "Cette page du portail n’existe pas, ou n’est pas publique"


# Found at once, without waiting for three failures: asking again would say the same.
CERTAIN = frozenset({Reason.PRIVATE, Reason.ODD, Reason.ANCHOR, Reason.HIDDEN})
