import pytest

from cops.operation import checks

GOOD = {
    "ERASURE_JOURNAL": "/data/journal/erasures.jsonl",
    "MEDIA_ROOT": "/data/media",
    "SITE_ORIGIN": "https://portail.example.org",
    "ALLOWED_HOSTS": ["portail.example.org", "www.example.org"],
    "HEARTBEAT_URL": "https://battement.example.org/1",
    "SITE": {"director": "Camille Exemple", "address": "1 rue de l’Exemple", "host": "Exemple SAS"},
}
OURS = (
    checks.journal_survives_a_restoring,
    checks.origin_is_served,
    checks.somebody_is_told,
    checks.legal_notice_is_whole,
)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"ERASURE_JOURNAL": "/data/media/journal/erasures.jsonl"}, ["cops.E020"]),
        ({"SITE_ORIGIN": "https://ailleurs.example.org"}, ["cops.E021"]),
        ({"ALLOWED_HOSTS": [".example.org"]}, []),
        ({"ALLOWED_HOSTS": []}, []),  # told by another check
        ({"HEARTBEAT_URL": ""}, ["cops.I022"]),
        ({"SITE": GOOD["SITE"] | {"host": ""}}, ["cops.W023"]),
        ({"SITE": GOOD["SITE"] | {"director": "", "address": ""}}, ["cops.W023", "cops.W023"]),
    ],
)
def test_each_fault_is_told(settings, changed, found):
    for name, value in (GOOD | changed).items():
        setattr(settings, name, value)
    assert [message.id for check in OURS for message in check(None)] == found
