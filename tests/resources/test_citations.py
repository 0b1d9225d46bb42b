"""References in the French style."""

from resources.models import Reference
from resources.reading.citations import citation


def test_an_article_has_its_title_between_guillemets_and_its_journal_in_italics():
    reference = Reference(
        type="article",
        authors=["Michel, P.", "et al."],
        year=2019,
        title="Approche terminologique",
        journal="Revue de santé",
        details="Volume 68, pages 51-56",
    )
    assert citation(reference) == (
        "Michel, P., et al. «\u00a0Approche terminologique\u00a0»."
        " <cite>Revue de santé</cite>, 2019. Volume 68, pages 51-56."
    )


def test_a_book_by_its_publisher_is_said_once_and_linked():
    reference = Reference(
        type="guide",
        authors=["Haute Autorité"],
        title="Où siègent-ils ?",
        publisher="Haute Autorité",
        url="https://exemple.fr/?a=1&b=2",
        note="Note de travail",
    )
    assert citation(reference) == (
        'Haute Autorité. <cite><a href="https://exemple.fr/?a=1&amp;b=2">'
        "Où siègent-ils ?</a></cite>."
    )


def test_an_address_that_is_not_of_the_web_is_not_linked_and_text_is_escaped():
    reference = Reference(type="loi", authors=[], title="<b>Loi</b>", url="javascript:alert(1)")
    assert citation(reference) == "<cite>&lt;b&gt;Loi&lt;/b&gt;</cite>."
