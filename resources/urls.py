"""The library's addresses; the table is in architecture.md « Addresses »."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path, register_converter

from cops.secrets import SecretConverter
from resources.feeds import ResourceFeed
from resources.pictures import NAME
from resources.views import (
    arguments,
    binder,
    binder_actions,
    documents,
    experience_answers,
    experiences,
    feedback,
    lexicon,
    library,
    preview,
    quiz,
    sheet,
    team_experiences,
    team_remarks,
    team_words,
    words,
)
from resources.views.desk import figures, files, lists, publication, reviews, versions, writing
from resources.views.desk import sheet as desk


class Slug:
    """The shape of a slug (models.fields.slug_shape): what is not one never reaches the base."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PdfForm(Slug):
    """« falc », « grand » or « v<n> »."""

    regex = "falc|grand|v[1-9][0-9]{0,5}"


class SheetVariant(Slug):
    """« standard » or « falc »."""

    regex = "standard|falc"


class PreviewSecret(Slug):
    """A secret, even one that was not copied whole: whoever holds a piece gets a kind answer."""

    regex = "[0-9A-Za-z]{1,80}"


class PictureName(Slug):
    """« <random>-1344x896.jpg »."""

    regex = NAME


register_converter(Slug, "sheet_slug")
register_converter(SheetVariant, "sheet_variant")
register_converter(PreviewSecret, "preview_secret")
register_converter(PdfForm, "pdf_form")
register_converter(PictureName, "picture_name")
register_converter(SecretConverter, "secret")

app_name = "resources"
urlpatterns: list[URLPattern] = []

# The library and its sheets. The PDF's address comes before the page's, which would take it.
urlpatterns += [
    path("ressources/", library.library, name="list"),
    path(
        "ressources/flux/<sheet_slug:genre>.atom", login_not_required(ResourceFeed()), name="feed"
    ),
    path("ressources/images/<picture_name:name>", documents.picture, name="picture"),
    path("ressources/<sheet_slug:slug>.pdf", documents.pdf, name="pdf"),
    path("ressources/<sheet_slug:slug>/<pdf_form:form>.pdf", documents.pdf_form, name="pdf_form"),
    path("ressources/<sheet_slug:slug>/pieces/<int:pk>/", documents.attachment, name="attachment"),
    path("ressources/<sheet_slug:slug>/falc/", sheet.falc, name="falc"),
    path("ressources/<sheet_slug:slug>/", sheet.detail, name="detail"),
]

# What readers tell the team.
urlpatterns += [
    path("ressources/<sheet_slug:slug>/avis/", feedback.useful, name="useful"),
    path("ressources/<sheet_slug:slug>/avis/reponse/", feedback.useful_vote, name="useful_vote"),
    path("ressources/<sheet_slug:slug>/avis/mots/", feedback.useful_words, name="useful_words"),
    path("lexique/proposer/", words.word_missing, name="word_missing"),
    path("lexique/proposer/envoi/", words.word_send, name="word_send"),
]

# The same, for the team.
urlpatterns += [
    path("pilotage/ressources/avis/", team_remarks.remarks, name="team_remarks"),
    path("pilotage/ressources/avis/lus/", team_remarks.remarks_mark, name="team_remarks_read"),
    path(
        "pilotage/ressources/avis/<int:pk>/effacement/",
        team_remarks.remark_delete,
        name="team_remark_erase",
    ),
    path("pilotage/ressources/mots/", team_words.words, name="team_words"),
    path("pilotage/ressources/mots/<int:pk>/", team_words.word, name="team_word"),
]

# Lexicon, quizzes, arguments.
urlpatterns += [
    path("lexique/", lexicon.lexicon, name="lexicon"),
    path("lexique/<slug:slug>/", lexicon.term, name="term"),
    path("quiz/", quiz.quizzes, name="quizzes"),
    path("quiz/<slug:slug>/", quiz.quiz, name="quiz"),
    path("argumentaires/", arguments.arguments, name="arguments"),
    path("argumentaires.pdf", arguments.arguments_pdf, name="arguments_pdf"),
]

# Remarkable experiences: proposed without an account, read twice, followed year after year.
urlpatterns += [
    path("experiences/", login_not_required(experiences.experiences), name="experiences"),
    path("experiences/proposer/", experiences.propose, name="propose"),
    path("experiences/proposer/<secret:jeton>/", experiences.proposal, name="proposal"),
    path(
        "experiences/proposer/<secret:jeton>/<int:number>/", experiences.step, name="proposal_step"
    ),
    path("experiences/proposer/<secret:jeton>/lien/", experiences.link, name="proposal_link"),
    path(
        "experiences/proposer/<secret:jeton>/retirer/",
        experiences.withdraw,
        name="proposal_withdraw",
    ),
    path(
        "experiences/lecture/<secret:jeton>/", experience_answers.reading, name="proposal_reading"
    ),
    path("experiences/suite/<secret:jeton>/", experience_answers.ongoing, name="ongoing"),
    path(
        "experiences/<sheet_slug:slug>/ecrire/",
        experience_answers.write_to_bearer,
        name="write_to_bearer",
    ),
    path("pilotage/experiences/", team_experiences.proposals_list, name="team_experiences"),
    path(
        "pilotage/experiences/<secret:public_id>/",
        team_experiences.proposal_detail,
        name="team_experience",
    ),
    path(
        "pilotage/experiences/<secret:public_id>/<slug:act>/",
        team_experiences.proposal_act,
        name="team_experience_act",
    ),
]

# The binder: its page, its forms, its link.
urlpatterns += [
    path("classeur/", binder.binder, name="binder"),
    path("classeur/etat/", binder.state, name="binder_state"),
    path("classeur/ajouter/", binder_actions.add, name="binder_add"),
    path("classeur/retirer/", binder_actions.remove, name="binder_remove"),
    path("classeur/remettre/", binder_actions.restore, name="binder_restore"),
    path("classeur/deplacer/", binder_actions.move, name="binder_move"),
    path("classeur/nommer/", binder_actions.rename, name="binder_rename"),
    path("classeur/garder/", binder_actions.renew, name="binder_renew"),
    path("classeur/partager/", binder_actions.share, name="binder_share"),
    path("classeur/ne-plus-partager/", binder_actions.unshare, name="binder_unshare"),
    path("classeur/ouvrir/", binder_actions.choose, name="binder_choose"),
    path("classeur/supprimer/", binder_actions.delete, name="binder_delete"),
    path("classeur/preparer/", binder_actions.export, name="binder_export"),
    path("classeur/nouveau/", binder_actions.start, name="binder_start"),
    path("classeur/p/<secret:jeton>/", binder.shared, name="binder_shared"),
    path("classeur/p/<secret:jeton>/copier/", binder.copy, name="binder_copy"),
]

# The secret preview of a text in progress.
urlpatterns += [
    path("apercu/<preview_secret:secret>/", preview.preview, name="preview"),
    path("apercu/<preview_secret:secret>/falc/", preview.preview_falc, name="preview_falc"),
    path(
        "apercu/<preview_secret:secret>/images/<picture_name:name>",
        preview.preview_picture,
        name="preview_picture",
    ),
]

# The team's desk. « nouveau » is a word that no sheet takes for its address.
_DESK = "pilotage/ressources/"
_SHEET = _DESK + "<sheet_slug:slug>/"
_SECTION = _SHEET + "texte/<sheet_variant:variant>/<sheet_slug:anchor>/"
urlpatterns += [
    path(_DESK, lists.listing, name="desk"),
    path(_DESK + "nouveau/", lists.new, name="desk_new"),
    path(_DESK + "images/", files.pictures, name="desk_pictures"),
    path(_DESK + "chiffres/", figures.figures, name="desk_figures"),
    path(_DESK + "chiffres.csv", figures.figures_csv, name="desk_figures_csv"),
    path(_SHEET + "pieces/", files.files, name="desk_files"),
    path(_SHEET + "pieces/<int:pk>/retrait/", files.remove, name="desk_file_remove"),
    path("pilotage/recherches/", lists.searches, name="desk_searches"),
    path(_SHEET, desk.sheet, name="desk_sheet"),
    path(_SHEET + "geste/", desk.act, name="desk_act"),
    path(_SHEET + "apercu/", desk.preview, name="desk_preview"),
    path(_SHEET + "apercu.pdf", desk.preview_pdf, name="desk_pdf"),
    path(_SHEET + "presentation/", writing.fields, name="desk_fields"),
    path(_SHEET + "plan/", writing.shape, name="desk_shape"),
    path(_SECTION, writing.section, name="desk_section"),
    path(_SECTION + "etapes/<int:number>/", writing.step, name="desk_step"),
    path(_SHEET + "versions/", versions.versions, name="desk_versions"),
    path(_SHEET + "versions/comparer/", versions.comparison, name="desk_compare"),
    path(_SHEET + "versions/reprendre/", versions.take, name="desk_take"),
    path(_SHEET + "publier/", publication.publish, name="desk_publish"),
    path(_SHEET + "relectures/", reviews.reviews, name="desk_reviews"),
    path(_SHEET + "relectures/<int:pk>/fermer/", reviews.revoke, name="desk_revoke"),
    path(_SHEET + "commentaires/<int:pk>/", reviews.comment, name="desk_comment"),
]
