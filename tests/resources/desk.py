"""The team's desk under test: somebody of the team signed in, and forms sent as a browser would."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from lxml import html

from cops.accounts.enums import Role
from tests.accounts.people import person, sign_in


def team(name: str = "", role: str = Role.TEAM) -> tuple[Client, Any]:
    """A client of the team with its second factor, and who it is."""
    user = person(role, display_name=name)
    client = Client()
    sign_in(client, user)
    return client, user


def url(name: str, *args: Any) -> str:
    return reverse(f"resources:{name}", args=args)


def page(client: Client, address: str, status: int = 200) -> Any:
    """The page as a tree; fails when the status is another."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return html.fromstring(answer.content.decode())


def words(tree: Any) -> str:
    """What one reads of a tree, spaces in one."""
    return " ".join(tree.text_content().split())


def form_data(tree: Any, **marks: str) -> dict[str, Any]:
    """What the main form of a page would send back as it is; ``marks`` chooses another one."""
    forms = [form for form in tree.forms if form.get("method") == "post" and not form.get("action")]
    (form,) = [f for f in forms if all(f.fields.get(k) == v for k, v in marks.items())]
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


def send(client: Client, address: str, **change: Any) -> Any:
    """Open a page, change some fields of its form and send it back."""
    return client.post(address, {**form_data(page(client, address)), **change})


def desk_post(client: Client, made: Any, gesture: str, **data: Any) -> str:
    """Push one button of the page of a sheet; what is said then."""
    answer = client.post(url("desk_act", made.slug), {"geste": gesture, **data}, follow=True)
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    return " ".join(words(notice) for notice in tree.xpath("//*[contains(@class, 'notice')]"))
