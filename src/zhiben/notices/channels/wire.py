"""One request to a provider: no redirects followed, an end to waiting, and no key in what is told of a failure."""

import http.client
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from zhiben.notices.channels.letter import Delayed

SECONDS = 10
MOST = 64 * 1024  # bytes of an answer
SHOWN = 200  # characters of a provider's own words


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said."""

    status: int
    body: bytes

    def as_json(self) -> dict[str, Any]:
        """Return the answer's fields; none where it is no JSON object."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Post(Protocol):
    """Sends bytes somewhere; tests put their own in its place."""

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Return the answer, or raise OSError."""
        ...


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send one POST; every status is an answer."""
    opener = OpenerDirector()  # without the handlers that follow redirects or read files
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    request = Request(url, data=body, headers=dict(headers), method="POST")  # noqa: S310 -- the opener knows http(s) only
    with opener.open(request, timeout=SECONDS) as answer:
        return Answer(answer.status, answer.read(MOST))


def send_json(
    send: Post, url: str, content: object, headers: Mapping[str, str] | None = None, *, secrets: Iterable[str] = ()
) -> Answer:
    """Post JSON; a provider that is not there, too busy or broken delays the letter."""
    body = json.dumps(content, ensure_ascii=False).encode()
    try:
        answer = send(url, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})
    except (OSError, http.client.HTTPException) as error:
        raise Delayed(hidden(f"{type(error).__name__}: {error}", url, *secrets)) from None
    if answer.status == http.client.TOO_MANY_REQUESTS or answer.status >= http.client.INTERNAL_SERVER_ERROR:
        raise Delayed(f"HTTP {answer.status}")
    return answer


def hidden(text: str, *secrets: str) -> str:
    """Return what may be shown: addresses with keys and the keys themselves taken out."""
    for secret in secrets:
        for part in filter(None, (secret, secret.rpartition("=")[2])):  # an address ends with its key
            text = text.replace(part, "…")
    return text[:SHOWN]
