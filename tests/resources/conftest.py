import pytest

from resources.services import language


@pytest.fixture(autouse=True)
def no_word_kept_from_another_test() -> None:
    """A rolled back test leaves no term, but would leave its words in memory."""
    language.forget()
