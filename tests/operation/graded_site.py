"""Run by the grade's test under production's settings: prints the answers of some pages.

python -m tests.operation.graded_site /adresse/ …
"""

import json
import sys

import django


def main(addresses: list[str]) -> list[dict]:
    from django.test import Client

    answers = []
    for address in addresses:
        for secure in (True, False):
            client = Client(headers={"host": "portail.example.org"})
            answer = client.get(address, secure=secure)
            answers.append(
                {
                    "address": address,
                    "secure": secure,
                    "status": answer.status_code,
                    "headers": dict(answer.headers),
                    "cookies": {
                        name: {key: bool(cookie[key]) and cookie[key] for key in cookie}
                        for name, cookie in answer.cookies.items()
                    },
                    "text": answer.content.decode() if not answer.streaming else "",
                }
            )
    return answers


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(sys.argv[1:])))  # noqa: T201
