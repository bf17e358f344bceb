"""A signed day: what is signed, how it is written to a file, what can be wrong with one."""

import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhiben.journal.domain.canonical import canonical
from zhiben.journal.domain.merkle import Stand, tree_root
from zhiben.kernel.errors import Invalid

FORMAT = "zhiben-root/1"


@dataclass(frozen=True)
class SignedRoot:
    """A root with the stands that make it. `running` are chains that moved since `until`: signed, but not in the root."""

    payload: str  # canonical JSON, as signed
    key: bytes
    signature: bytes
    stands: tuple[Stand, ...]
    running: tuple[Stand, ...] = ()
    whole: bool = True  # False: only the stands that moved since the root before
    signed: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "signed", json.loads(self.payload))

    @property
    def day(self) -> str:
        """Return the day it closes."""
        return str(self.signed["day"])

    def problem(self) -> str | None:
        """Tell what is wrong with it by itself: its signature or its tree."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(self.signature, self.payload.encode())
        except (InvalidSignature, ValueError):
            return "signature"
        made = {"root": self.stands, "running": self.running} if self.whole else {}
        alg = self.signed["alg"]
        return (
            "root" if any(tree_root(stands, alg).hex() != self.signed[name] for name, stands in made.items()) else None
        )

    def as_json(self) -> dict[str, Any]:
        """Return what goes to outside recipients."""
        return {
            "format": FORMAT,
            "signed": self.signed,
            "public_key": self.key.hex(),
            "signature": self.signature.hex(),
            "leaves": [stand._asdict() for stand in self.stands],
            "running": [stand._asdict() for stand in self.running],
        }


def payload(
    day: str, until: str, alg: str, *, stands: list[Stand], running: list[Stand], before: SignedRoot | None
) -> str:
    """Return the text to sign: the day, its root, and the root signed before it."""
    signed = {
        "day": day,
        "until": until,
        "alg": alg,
        "n": len(stands),
        "root": tree_root(stands, alg).hex(),
        "running": tree_root(running, alg).hex(),
        "before": {"day": before.day, "root": before.signed["root"]} if before else None,
    }
    return canonical(signed)


def read_roots(text: str | bytes) -> list[SignedRoot]:
    """Read one root file, or a list of them; refuse what is none."""
    try:
        found = json.loads(text)
        return [_read(one) for one in (found if isinstance(found, list) else [found])]
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise Invalid("root:unreadable", problem=str(problem)) from None


def _read(one: dict[str, Any]) -> SignedRoot:
    if one["format"] != FORMAT:
        raise ValueError(f"format {one['format']!r} is not {FORMAT}")
    stands, running = (
        tuple(Stand(s["chain"], int(s["seq"]), s["head"]) for s in one[part]) for part in ("leaves", "running")
    )
    return SignedRoot(
        canonical(one["signed"]), bytes.fromhex(one["public_key"]), bytes.fromhex(one["signature"]), stands, running
    )
