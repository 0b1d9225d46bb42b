"""« Mes données »: the person's own; one may come to the last page without account."""

from tests.http.routes.expected import PUBLIC, Expected, Table

OWN = Expected(302, 200, 200, 200, production=302)
POST_ONLY_OWN = Expected(302, 405, 405, 405, production=302)
# Nobody here is leaving: back to « Mes données ».
NOT_LEAVING = Expected(302, 302, 302, 302, production=302)

ROUTES: Table = {
    "my_data:home": [("/compte/mes-donnees/", OWN)],
    "my_data:copy": [("/compte/mes-donnees/copie/", POST_ONLY_OWN)],
    "my_data:leave": [("/compte/mes-donnees/depart/", OWN)],
    "my_data:leaving": [("/compte/mes-donnees/en-partance/", NOT_LEAVING)],
    "my_data:stay": [("/compte/mes-donnees/rester/", POST_ONLY_OWN)],
    "my_data:goodbye": [("/compte/mes-donnees/a-bientot/", PUBLIC)],
}
