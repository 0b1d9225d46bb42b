"""The binder: open to all without account; its forms are sent by its own pages."""

from tests.http.routes.expected import ABSENT, POST_ONLY, PUBLIC, Table

ROUTES: Table = {
    "resources:binder": [("/classeur/", PUBLIC), ("/classeur/?fait=rien", PUBLIC)],
    "resources:binder_state": [("/classeur/etat/", PUBLIC)],
    "resources:binder_add": [("/classeur/ajouter/", POST_ONLY)],
    "resources:binder_remove": [("/classeur/retirer/", POST_ONLY)],
    "resources:binder_restore": [("/classeur/remettre/", POST_ONLY)],
    "resources:binder_move": [("/classeur/deplacer/", POST_ONLY)],
    "resources:binder_rename": [("/classeur/nommer/", POST_ONLY)],
    "resources:binder_renew": [("/classeur/garder/", POST_ONLY)],
    "resources:binder_share": [("/classeur/partager/", POST_ONLY)],
    "resources:binder_unshare": [("/classeur/ne-plus-partager/", POST_ONLY)],
    "resources:binder_choose": [("/classeur/ouvrir/", POST_ONLY)],
    "resources:binder_delete": [("/classeur/supprimer/", POST_ONLY)],
    "resources:binder_export": [("/classeur/preparer/", POST_ONLY)],
    "resources:binder_start": [("/classeur/nouveau/", POST_ONLY)],
    "resources:binder_shared": [("/classeur/p/0123456789abcdefABCDEF/", ABSENT)],
    "resources:binder_copy": [("/classeur/p/0123456789abcdefABCDEF/copier/", ABSENT)],
}
