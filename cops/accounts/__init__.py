"""People: signing in and up, proving who one is, sessions, roles, agreements.

What apps use of it:

- ``perms``: ``team_required``, ``administrator_required``, ``role_required("key")`` and
  ``sudo_required`` (also ``keep_post=False``) for views; ``person_of(request)``;
- ``roles.register_role(key, label, description)``: a role beside member, team, administrator;
  given by ``services.roles.role_give``, asked by ``user.has_role(key)``;
- ``pages.register_account_page(label, url_name, description, order)``: a page of « Mon compte »;
- ``purposes.register_purpose(key, label, template=…)``: something to agree to, with its text;
  ``services.consents``: ``consent_give``, ``consent_withdraw``, ``has_consented``;
- ``permissions.team_manages(app_label)``: what the team may change in the admin;
- for tests, ``tests.accounts.people``: ``person(role)``, ``sign_in(client, user)``.

A middleware keeps ``/pilotage/`` and ``/admin/`` for the team, with a second factor.
"""
