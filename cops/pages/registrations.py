"""What the pages plug into the ground: the content of « Le COPS », the counts shown to the team."""

from cops.accounts.permissions import team_manages
from cops.content import ContentSource, register
from cops.pages import loading

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
# Read-only for everybody: see cops.counters.admin.
team_manages("counters")
