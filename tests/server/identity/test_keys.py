"""The facilitation key, kept as a hash only, and the cookie of who gave it."""

from server.identity import keys
from server.identity.keys import SignIn
from server.identity.pseudonyms import NAMES, offered


async def test_only_the_key_matches_its_hash() -> None:
    key = keys.new_key()
    hash = await keys.hashed(key)
    assert key not in hash
    assert hash.startswith("$argon2id$")
    assert await keys.matches(f" {key}\n", hash)
    assert not await keys.matches(key[:-1], hash)
    assert not await keys.matches(key, "not a hash")


def test_a_key_is_long_and_easy_to_read_aloud() -> None:
    groups = keys.new_key().split("-")
    assert [len(group) for group in groups] == [5] * 5


def test_a_sign_in_is_void_once_forged_or_renewed() -> None:
    signs = SignIn(b"k" * 32)
    value = signs.value(3, "Nadia")
    assert signs.name(value, 3) == "Nadia"
    assert signs.name(value, 4) is None
    assert signs.name(value[:-2], 3) is None
    assert SignIn(b"z" * 32).name(value, 3) is None
    assert signs.name("", 3) is None


def test_pseudonyms_offered_are_free_and_different() -> None:
    taken = list(NAMES[:-3])
    assert set(offered(taken, 3)) == set(NAMES[-3:])
    assert offered(NAMES, 1)[0].endswith(" 2")
    assert len(set(offered((), 20))) == 20
