"""Another site is asked politely, and never a machine of our own network."""

import socket

import pytest

from cops.links import asking
from cops.links.asking import Found, ask, is_public
from cops.links.enums import Reason, State


def _found(site, name: str) -> tuple[str, str, int | None]:
    found = ask(site.url(name))
    return found.state, found.reason, found.status


@pytest.mark.parametrize(
    ("name", "state", "reason", "status"),
    [
        ("fine", State.GOOD, Reason.NONE, 200),
        ("only-get", State.GOOD, Reason.NONE, 200),
        ("missing", State.FAILING, Reason.NOT_FOUND, 404),
        ("410", State.FAILING, Reason.NOT_FOUND, 410),
        ("500", State.FAILING, Reason.SERVER, 500),
        ("503", State.FAILING, Reason.SERVER, 503),
        ("403", State.UNSURE, Reason.REFUSED, 403),
        ("429", State.UNSURE, Reason.REFUSED, 429),
        ("401", State.UNSURE, Reason.REFUSED, 401),
        ("away", State.GOOD, Reason.NONE, 200),
        ("loop", State.FAILING, Reason.LOOP, None),
        ("closes", State.FAILING, Reason.SILENT, None),
    ],
)
def test_each_answer_has_its_state(site, name, state, reason, status):
    assert _found(site, name) == (state, reason, status)


def test_a_lasting_move_tells_the_new_address(site):
    found = ask(site.url("moved"))
    assert found == Found(State.MOVED, Reason.NONE, 200, site.url("fine"))


def test_a_site_that_hangs_is_left(site, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.3)
    assert _found(site, "hangs") == (State.FAILING, Reason.SILENT, None)


def test_the_robot_says_who_it_is_and_asks_for_no_more_than_it_needs(site):
    ask(site.url("fine"))
    ask(site.url("only-get"))
    assert [(method, path) for method, path, _ in site.asked] == [
        ("HEAD", "/fine"),
        ("HEAD", "/only-get"),
        ("GET", "/only-get"),
    ]
    assert {agent for *_, agent in site.asked} == {
        "COPS-liens/1.0 (+http://localhost:8000/contact/)"
    }


def test_signs_of_an_address_are_sent_as_a_browser_does(site):
    ask(site.url("fine/été?q=à b&c=%C3%A9#passage"))
    assert site.asked[0][1] == "/fine/%C3%A9t%C3%A9?q=%C3%A0%20b&c=%C3%A9"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/",
        "http://224.0.0.1/",
        "http://127.0.0.1:6379/", "https://93.184.216.34:22/",
    ],
)  # fmt: skip
def test_a_private_address_is_never_asked(url):
    assert ask(url) == Found(State.FAILING, Reason.PRIVATE)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "interne.example"])
def test_a_name_of_a_private_address_is_not_asked_however_it_is_written(host, monkeypatch):
    def loopback(name, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", loopback)
    assert ask(f"http://{host}/") == Found(State.FAILING, Reason.PRIVATE)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::1",
     "https://u:p@example.org/", "http://example.org:99999/", "n’importe quoi", ""],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_said(url):
    assert ask(url) == Found(State.FAILING, Reason.ODD)


def test_a_site_that_leads_inward_is_not_followed(site):
    site.inward = "http://localhost:6379/"
    assert _found(site, "inward") == (State.FAILING, Reason.PRIVATE, None)
    site.inward = "file:///etc/passwd"
    assert _found(site, "inward") == (State.FAILING, Reason.ODD, None)


def test_a_name_that_nobody_knows_is_said(monkeypatch):
    def unknown(*arguments, **options):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask("https://nulle-part.example/") == Found(State.FAILING, Reason.NO_HOST)


def test_a_name_with_one_private_address_among_others_is_not_asked(monkeypatch):
    def both(host, port, **options):
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("93.184.216.34", port)), (*kind, ("10.0.0.7", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert ask("https://double.example/") == Found(State.FAILING, Reason.PRIVATE)


def test_the_connection_goes_to_the_address_that_was_looked_at(site, settings, monkeypatch):
    """A name that gives another address the second time it is asked changes nothing."""
    settings.LINKS_PRIVATE_HOSTS = frozenset({"change.example"})
    answers = iter(["127.0.0.1"])

    def once(host, port, *arguments, **options):
        if host == "change.example":
            host = next(answers)  # a second question would fail the test
        return real(host, port, *arguments, **options)

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", once)
    found = ask(f"http://change.example:{site.port}/fine")
    assert found == Found(State.GOOD, Reason.NONE, 200)


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False),
     ("::ffff:93.184.216.34", True), ("::ffff:10.0.0.1", False), ("fe80::1%eth0", False),
     ("198.51.100.1", False), ("255.255.255.255", False)],
)  # fmt: skip
def test_public_addresses(address, public):
    assert is_public(address) is public
