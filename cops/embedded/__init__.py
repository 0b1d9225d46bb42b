"""The embedded default: a real Postgres and a real Redis without installing anything.

Development and demonstration only; production refuses them. What runs where:

- a command that needs the servers (`make run`, `make test`, `cops.embedded.run`)
  holds a shared lock for as long as it lives (`sharing`);
- one keeper process per COPS_VAR (`keeper`) has the servers as direct children,
  restarts the one that dies, and stops them when no such lock is left. The kernel
  releases locks and sends PR_SET_PDEATHSIG, so that `kill -9` leaves nothing behind.
"""
