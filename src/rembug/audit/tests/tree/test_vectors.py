"""Known answers: the eight-leaf log that Certificate Transparency implementations share, and a public signed note."""

import pytest

from rembug.audit import rules
from rembug.audit.rules import note, tree
from rembug.audit.tests.tree import naive

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [bytes.fromhex(rules.leaf_hash(bytes.fromhex(text))) for text in INPUTS]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def perfect(level: int, index: int) -> bytes:
    return naive.head(LEAVES[index << level : (index + 1) << level])


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_shared_vectors(size: int) -> None:
    frontier = tree.Frontier()
    for leaf in LEAVES[:size]:
        frontier.add(leaf)
    assert tree.root(size, perfect).hex() == frontier.root().hex() == ROOTS[size]


def test_the_paths_are_those_of_the_shared_vectors() -> None:
    assert [step.hex() for step in tree.inclusion(0, 8, perfect)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [step.hex() for step in tree.consistency(6, 8, perfect)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_the_seven_leaf_example_of_the_rfc_has_its_proofs() -> None:
    # RFC 9162, 2.1.5, names the nodes of a tree of seven leaves; each proof is spelled out there.
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = tree.node(a, b), tree.node(c, d), tree.node(e, f)
    k, ell = tree.node(g, h), tree.node(i, j)
    assert tree.root(7, perfect) == tree.node(k, ell)
    assert tree.inclusion(0, 7, perfect) == [b, h, ell]
    assert tree.inclusion(3, 7, perfect) == [c, g, ell]
    assert tree.inclusion(4, 7, perfect) == [f, j, k]
    assert tree.inclusion(6, 7, perfect) == [i, k]
    assert tree.consistency(3, 7, perfect) == [c, d, g, ell]
    assert tree.consistency(4, 7, perfect) == [ell]
    assert tree.consistency(6, 7, perfect) == [i, j, k]


PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = (
    f"{SAID}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_of_another_implementation_is_read() -> None:
    key = note.read_verifier(PETER)
    assert str(key) == PETER
    assert note.open_note(SIGNED, [key]) == SAID


def test_a_changed_word_in_that_note_is_refused() -> None:
    with pytest.raises(note.BadNote, match="false"):
        note.open_note(SIGNED.replace("answer", "answers"), [note.read_verifier(PETER)])
