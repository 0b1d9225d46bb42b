"""Work outside the request.

- `dispatch("cops.app.verb", pk)` sends a task by its name once the transaction commits;
- `sweep("app.subject", function)` names a function run every minute, which does again
  what a lost message should have done: the row in the table is the truth, not the queue;
- `every("cops.app.verb", crontab(hour=4, minute=10))` puts a task on the timer.

Both last ones are called from an app's `registrations.py`.
"""

from cops.background.dispatching import dispatch
from cops.background.registry import every, sweep

__all__ = ["dispatch", "every", "sweep"]
