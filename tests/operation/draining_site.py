"""The portal for the test of a stop under load: one page that takes a moment, one that is quick.

Served by gunicorn with the flags of the image: ``tests.operation.draining_site:application``.
"""

import time
from collections.abc import Callable

from cops.wsgi import application as portal


def application(environ: dict, start_response: Callable):
    if environ["PATH_INFO"] == "/lente/":
        time.sleep(1.5)
        environ["PATH_INFO"] = "/healthz"
    return portal(environ, start_response)
