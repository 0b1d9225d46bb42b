"""« /api/v1/ »: the same for everybody, a draft is absent even for the team."""

from tests.http.routes.expected import ABSENT, PUBLIC, Table

ROUTES: Table = {
    "api:root": [("/api/v1/", PUBLIC)],
    "api:schema": [("/api/v1/schema/", PUBLIC)],
    "api:docs": [("/api/v1/docs/", PUBLIC)],
    "api:resources": [("/api/v1/resources/", PUBLIC), ("/api/v1/resources/?genre=nul", PUBLIC)],
    "api:resource": [
        ("/api/v1/resources/fiche/", PUBLIC),
        ("/api/v1/resources/brouillon/", ABSENT),
        ("/api/v1/resources/nulle/", ABSENT),
    ],
    "api:experiences": [("/api/v1/experiences/", PUBLIC)],
    "api:experience": [("/api/v1/experiences/fiche/", ABSENT)],
    "api:terms": [("/api/v1/terms/", PUBLIC)],
    "api:grids": [("/api/v1/grids/", PUBLIC)],
    "api:grid": [
        ("/api/v1/grids/soins-cliniques-et-educatifs/", PUBLIC),
        ("/api/v1/grids/nulle/", ABSENT),
    ],
    "api:term": [("/api/v1/terms/mot/", PUBLIC), ("/api/v1/terms/nul/", ABSENT)],
}
