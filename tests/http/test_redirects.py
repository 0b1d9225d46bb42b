import pytest


@pytest.mark.parametrize("target", ["/private/", "/plain/?page=2", "http://testserver/x/"])
def test_an_address_of_ours_is_followed(pages, target):
    assert pages.get("/go/", {"suite": target})["Location"] == target


@pytest.mark.parametrize(
    "target",
    ["https://intrus.example.net/", "//intrus.example.net/", "javascript:alert(1)", "\\\\x", "",
     "http:///intrus.example.net", "/\\intrus.example.net"],
)  # fmt: skip
def test_any_other_leads_to_the_default(pages, target):
    assert pages.get("/go/", {"suite": target})["Location"] == "/plain/"
