"""The rules of the journal without a database: canonical text, the chain by hand, the tree of heads."""

import doctest
import hashlib
import hmac
from enum import IntEnum, StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from zhiben.journal.domain import canonical as canonical_text
from zhiben.journal.domain import chain
from zhiben.journal.domain.canonical import LARGEST, canonical
from zhiben.journal.domain.chain import Facts, genesis, seal, veil
from zhiben.journal.domain.merkle import Stand, tree_root

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXT
KEY = st.text("abcxyz0189_~", min_size=1)
VALUE = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(KEY, inner), max_leaves=20)


@given(VALUE)
def test_canonical_text_is_that_of_rfc_8785(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.0, float("nan"), b"", {1: 2}, {"A": 1}, {"": 1}, {"a|b": 1}, object(), {1, 2}])
def test_what_has_no_one_text_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical([value])


@pytest.mark.parametrize("value", [LARGEST + 1, -LARGEST - 1, "\ud800", ["\udfff"], {"a": "\ud83d"}])
def test_numbers_and_text_that_readers_would_differ_on_are_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_the_worked_chain_of_the_docs():
    """docs/algorithms/journal.md computes the same with sha256sum; here as there, step by step."""
    start = hashlib.sha256(b"zhiben:enterprise:1").digest()
    assert start.hex() == "12db5bd74b3914f693937e973b9a71b0e4574553adb28ae395b7442a3f71b119"
    name = veil(bytes(16), "actor_label", '"李强"')
    assert name == "442b5b06a8a2a08808cd89b701dd773f790de69e3e8e7e4bfcbadbe7d3ca660b"
    body = canonical({"note": "", "lamp": 1, "~": {"actor_label": name}})
    written = "SHA-256|enterprise:1|1|1778051289000010|2026-05-06|lamp:lit|1|lamp/1|7|" + body
    first = hashlib.sha256(start + written.encode()).digest()
    assert first.hex() == "3621154818528243a87b3993618cef7b69fbf44046a4649b82884b3b51bd3fc3"
    facts = Facts(1778051289000010, "2026-05-06", "lamp:lit", 1, "lamp/1", 7, body)
    assert seal(genesis("enterprise:1"), "enterprise:1", 1, facts.text()) == first
    facts = Facts(1778051289000010, "2026-05-06", "lamp:lit", 1, "lamp/2", None, '{"lamp":2,"note":""}')
    second = seal(first, "enterprise:1", 2, facts.text())
    assert second.hex() == "5605bee6be5eb486096167f5edae3b52ad0495280a885ada4c367452b3570af1"
    stands = [Stand("system", 1, genesis("system").hex()), Stand("enterprise:1", 2, second.hex())]
    assert tree_root(stands).hex() == "4b258adbcc1ccaeac634f974d79fac4509bb46e9345961775bfecdd2c782c4ae"


@given(st.binary(min_size=16, max_size=16), TEXT, TEXT)
def test_the_salted_hash_is_hmac(salt, field, value):
    message = f"{field}\0{value}".encode()
    assert veil(salt, field, value) == hmac.digest(salt, message, "sha256").hex()
    assert veil(salt, field, value, "SM3") == hmac.digest(salt, message, "sm3").hex()


@pytest.mark.parametrize("module", [chain, canonical_text])
def test_the_examples_in_the_code_hold(module):
    assert doctest.testmod(module).failed == 0


def rfc6962(leaves):
    """The tree as the standard defines it: split at the largest power of two below the length."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + rfc6962(leaves[:k]) + rfc6962(leaves[k:])).digest()


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9)), min_size=1, max_size=40, unique_by=lambda p: p[0]))
def test_the_tree_is_that_of_rfc_6962(pairs):
    stands = [Stand(f"enterprise:{n}", seq, f"{seq:064x}") for n, seq in pairs]
    leaves = [f"{s.chain}|{s.seq}|{s.head}".encode() for s in sorted(stands)]
    assert tree_root(stands) == rfc6962(leaves)
    assert tree_root(reversed(stands)) == rfc6962(leaves)


def test_an_empty_tree_has_a_root():
    assert tree_root([]) == hashlib.sha256(b"").digest()


class Colour(StrEnum):
    RED = "red"


class Rank(IntEnum):
    FIRST = 1


def test_names_of_a_list_are_written_as_what_they_stand_for():
    assert canonical({"b": (Rank.FIRST, True), Colour.RED: Colour.RED}) == '{"b":[1,true],"red":"red"}'
