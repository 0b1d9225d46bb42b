import pytest

from resources.services import language
from tests.counters.emptying import counts_emptied


@pytest.fixture(autouse=True)
def no_word_kept_from_another_test() -> None:
    """A rolled back test leaves no term, but would leave its words in memory."""
    language.forget()


@pytest.fixture(autouse=True)
def own_counts(request: pytest.FixtureRequest) -> None:
    """Figures and searches without result are those of the test."""
    counts_emptied(request)
