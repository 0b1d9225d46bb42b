"""The open API, « /api/v1/ »: what every app's part of it shares.

An app writes its views on ``views.PublicView``, pages its lists with ``pagination`` and gives
its routes in its own ``api`` room; the roof (``cops.pages.api``) puts them under one address.
Reading only, public data only, no session, no cookie: any site may read it from a browser.
Errors, limits and kept answers are settled here, once.
"""
