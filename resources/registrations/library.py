"""What the library plugs into the ground: search, starting content, timed work."""

from cops.accounts.permissions import team_manages
from cops.background import sweep
from cops.content import ContentSource, after_load, register
from cops.pagecache import raise_version, register_clock, renew_if_due
from cops.search import register_kind, register_language
from resources.enums import Kind
from resources.models import Resource
from resources.services import indexing, language
from resources.services.loading import lexicon, meetings, resources, store, store_resources
from resources.tasks import prepare_missing

FOLDER = "resources/content"

register(
    ContentSource(
        name="resources.reference",
        label="référence",
        order=10,
        folder=FOLDER,
        read=lexicon.references_read,
        state=store.references_state,
        save=store.references_save,
        find=store.references_find,
        archive=store.references_archive,
    )
)
register(
    ContentSource(
        name="resources.term",
        label="terme",
        order=20,
        folder=FOLDER,
        read=lexicon.terms_read,
        state=store.terms_state,
        save=store.terms_save,
        find=store.terms_find,
        archive=store.terms_archive,
    )
)
register(
    ContentSource(
        name="resources.resource",
        label="ressource",
        order=30,
        folder=FOLDER,
        read=resources.resources_read,
        state=store_resources.resources_state,
        save=store_resources.resources_save,
        find=store_resources.resources_find,
        archive=store_resources.resources_archive,
    )
)
register(
    ContentSource(
        name="resources.quiz",
        label="quiz",
        order=40,
        folder=FOLDER,
        read=meetings.quizzes_read,
        state=store.quizzes_state,
        save=store.quizzes_save,
        find=store.quizzes_find,
        archive=store.quizzes_archive,
    )
)
register(
    ContentSource(
        name="resources.argument_set",
        label="argumentaires",
        order=50,
        folder=FOLDER,
        read=meetings.arguments_read,
        state=store.arguments_state,
        save=store.arguments_save,
        find=store.arguments_find,
        archive=store.arguments_archive,
    )
)
after_load(raise_version)

for kind in Kind:
    register_kind(kind.value, kind.label)
register_kind(indexing.SECTION, "Passage d’une ressource")
register_kind(indexing.TERM, "Mot du lexique", small=True)
register_kind(indexing.QUIZ, "Quiz", small=True)
register_kind(indexing.ARGUMENT, "Argumentaire", small=True)
team_manages("resources")
register_clock("resources", Resource.objects.next_change)
register_language(expand=language.expand, headline=language.headline)
sweep("resources.documents", prepare_missing)
sweep("pagecache.renewal", renew_if_due)
