"""What the fields of a grid are called in the admin, and what is said under them."""

LABELS: dict[str, str] = {
    "basis": "Proposition de la rédaction, à relire par l’équipe",
    "intro": "Introduction",
    "intro_falc": "Introduction en facile à lire (FALC)",
    "label": "Libellé",
    "description": "Description",
    "help": "Aide",
    "example": "Exemple",
    "falc": "En facile à lire (FALC)",
    "questions": "Questions pour parler d’un écart",
    "adapted": "Libellé adapté d’une autre grille, à valider",
    "sheets": "Fiches qui aident",
    "title": "Titre",
    "text": "Texte",
}
HELP: dict[str, str] = {
    "questions": "Deux questions ouvertes, une par ligne. Elles ne jugent personne.",
    "example": "Une phrase concrète, par exemple : « Relire à deux la fiche sur le traitement. »",
    "sheets": "Dans l’ordre où elles sont proposées quand l’axe est bas.",
    "basis": "À décocher une fois relu.",
}
RENEW = "C’est une autre question : lui donner un nouveau code"
RENEW_HELP = (
    "À cocher quand le sens change. Les réponses d’avant ne seront plus comparées à celles d’après,"
    " et la page le dira. Pour une correction de mots, ne cochez rien."
)
REMOVE_IDEA = "Retirer cette idée"
REMOVE_ROLE = "Retirer ce rôle"
REMOVE_WORDING = "Retirer cette façon de dire"
NEW_WORDING = "Nom de la nouvelle façon de dire"
NEW_WORDING_HELP = (
    "Par exemple : « Scolaire ». Enregistrez : ses champs apparaissent, vides, et ce qui reste vide"
    " se dit avec les mots de la grille."
)
AS_SAID = "Vide, c’est : "
OWN_IDEAS = "Une seule idée écrite ici, et celles de la grille ne sont plus montrées avec ces mots."
INCOMPLETE = "Complétez ce champ, ou videz toute la ligne."
SAY_AGAIN = "La question change : dites-la aussi avec ces mots, ou videz ce champ."
