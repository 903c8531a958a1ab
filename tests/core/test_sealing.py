import pytest

from core.sealing import seal, unseal


@pytest.mark.parametrize("text", ["", "x", "token-" * 20, "Grüße ✓"])
def test_unseal_gives_back_what_was_sealed(text):
    assert unseal(seal(text)) == text


def test_sealed_text_differs_each_time_and_shows_nothing():
    first, second = seal("token"), seal("token")

    assert first != second
    assert "token" not in first


def test_unseal_refuses_what_was_altered():
    sealed = seal("token")

    for place in range(0, len(sealed) - 4, 4):
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(ValueError, match="sealed with another key, or altered"):
            unseal(sealed[:place] + other + sealed[place + 1 :])


def test_key_that_was_replaced_still_opens(settings):
    sealed = seal("token")
    settings.SECRET_KEY_FALLBACKS = ["older", settings.SECRET_KEY]
    settings.SECRET_KEY = "new"

    assert unseal(sealed) == "token"


def test_unknown_key_does_not_open(settings):
    sealed = seal("token")
    settings.SECRET_KEY = "another"

    with pytest.raises(ValueError, match="sealed with another key"):
        unseal(sealed)
