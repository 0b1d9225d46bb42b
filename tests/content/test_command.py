from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from resources.models import Term

pytestmark = pytest.mark.django_db


def test_load_content_tells_what_it_did(root):
    out = StringIO()
    call_command("load_content", root=root, stdout=out)
    assert out.getvalue().startswith("Contenu chargé : ")
    out = StringIO()
    call_command("load_content", root=root, stdout=out)
    assert out.getvalue().startswith("Contenu chargé : 0 créés, 0 mis à jour, 0 rétablis,")


def test_load_content_check_loads_nothing(root):
    out = StringIO()
    call_command("load_content", check=True, root=root, stdout=out)
    assert out.getvalue().endswith("aucune erreur.\n")
    assert Term.objects.count() == 0


def test_load_content_names_file_and_line(root):
    path = root / "resources/content/lexicon.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("category: acteurs", "categorie: acteurs", 1), encoding="utf-8")
    line = text[: text.index("category: acteurs")].count("\n") + 1
    with pytest.raises(CommandError) as error:
        call_command("load_content", root=root)
    message = str(error.value)
    assert f"resources/content/lexicon.yaml, ligne {line} : le champ « categorie »" in message
    assert message.endswith("2 erreurs : rien n’a été chargé.")
    assert Term.objects.count() == 0
