"""What a page weighs in a real browser: compressed octets, requests, hosts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from cops.embedded.browser import require_browser
from tests.benchmarks.data import a_busy_term, a_sheet
from tests.benchmarks.measure import Line, bound, measure
from tests.benchmarks.pages import PORTAL, PORTAL_SETTINGS
from tests.benchmarks.servers import gunicorn
from tests.e2e.browser import chromium


@measure("weight")
def weight() -> Iterator[Line]:
    require_browser()
    pages = {
        "home": "/",
        "list": "/ressources/",
        "sheet": a_sheet().get_absolute_url(),
        "search": "/recherche/?q=partenariat",
        "lexicon": "/lexique/",
        "term": a_busy_term().get_absolute_url(),
    }
    with gunicorn(PORTAL, settings=PORTAL_SETTINGS) as port, chromium() as browser:
        for page, address in pages.items():
            context = browser.new_context()
            tab = context.new_page()
            session = context.new_cdp_session(tab)
            session.send("Network.enable")
            sizes: list[float] = []
            hosts: list[str] = []
            session.on(
                "Network.loadingFinished", lambda e, s=sizes: s.append(e["encodedDataLength"])
            )
            tab.on("request", lambda r, h=hosts: h.append(urlsplit(r.url).netloc))
            tab.goto(f"http://localhost:{port}{address}", wait_until="networkidle")
            context.close()
            yield bound(f"weight {page}", figure=sum(sizes) / 1000, target=60, unit="kB")
            yield bound(f"weight {page} requests", figure=len(hosts), target=10)
            others = [host for host in hosts if host and host != f"localhost:{port}"]
            yield bound(f"weight {page} other hosts", figure=len(others), target=0)
