"""Signed days as they are kept: a root a day, and of its leaves those that moved."""

from zhiben.journal import store
from zhiben.journal.domain.merkle import Stand
from zhiben.journal.domain.signed import SignedRoot
from zhiben.journal.models import Root


def kept_roots() -> list[SignedRoot]:
    """Return all kept roots as they were signed. Only the one of the newest day has its stands.

    They are enough: the entry a chain stood at is bound to all before it.
    """
    roots = list(Root.objects.order_by("id"))
    newest = max((root.day for root in roots), default=None)
    whole = kept_root(newest) if newest else None
    return [whole if whole and root.day == newest else _signed(root, (), whole=False) for root in roots]


def kept_root(day: str) -> SignedRoot | None:
    """Return the root kept for a day, with every chain's stand."""
    root = Root.objects.filter(day=day).first()
    if root is None:
        return None
    stands = {chain: Stand(chain, seq, bytes(head).hex()) for _, chain, seq, head in store.leaves(day)}
    return _signed(root, tuple(sorted(stands.values())), whole=True)


def newest_root() -> SignedRoot | None:
    """Return the root signed last, without its stands."""
    root = Root.objects.order_by("id").last()
    return _signed(root, (), whole=False) if root else None


def _signed(root: Root, stands: tuple[Stand, ...], *, whole: bool) -> SignedRoot:
    return SignedRoot(root.payload, bytes(root.key), bytes(root.signature), stands, whole=whole)
