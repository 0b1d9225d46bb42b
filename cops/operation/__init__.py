"""What the person who runs the portal needs: probes, figures, alarms, errors, restoring.

- `/healthz` (the process answers); `/readyz` (it can serve) and `/metrics` (figures), for the
  operator alone, are in `views`;
- `alarms` says what is going wrong; the timer looks every minute, logs it, and pings
  ``HEARTBEAT_URL`` only while nothing is: whoever listens there is warned by the silence;
- `tracking` sends errors to a Sentry-like service, without anything of a person;
- `probe` is the health check of the containers;
- the command `after_restore` finishes the restoring of a backup.

It knows every package of the ground; none knows it. How to use it all: docs/operate.md.
"""
