"""What the pages plug into the ground: the content of « Le COPS », the counts shown to the team."""

from cops.accounts.permissions import team_manages
from cops.background import sweep
from cops.content import ContentSource, register
from cops.links import register_links
from cops.mail import register_category
from cops.pages import loading
from cops.pages.emails import MORNING
from cops.pages.links_used import organisation_links
from cops.pages.morning import morning_send
from cops.pages.nights import nights_to_look_at
from cops.privacy import exempt
from cops.todo import register_source, register_staff_page

register(
    ContentSource(
        name=loading.NAME,
        label="organisation",
        order=90,
        folder="cops/pages/content",
        read=loading.read,
        state=loading.state,
        save=loading.save,
        find=loading.find,
        archive=loading.archive,
    )
)
register_staff_page("À traiter", "pages:todo", order=0)
register_staff_page("Liens", "pages:links", order=40)
register_links("pages.organisation", organisation_links)
register_staff_page("Documents", "pages:exports", order=80)
register_staff_page("Courriels", "pages:mails", order=85)
register_staff_page("Effacements", "pages:nights", order=90, administrators=True)
register_source("privacy.nights", "Effacements de la nuit", nights_to_look_at, page="pages:nights")
register_category(MORNING, "Ce qui est à traiter, chaque matin", bulk=True)
sweep("todo.morning", morning_send)
exempt("pages.Organisation", "L’adresse de contact du COPS, pas celle d’une personne.")
# Read-only for everybody: see cops.counters.admin.
team_manages("counters")
