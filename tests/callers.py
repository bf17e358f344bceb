"""Programs that call the API with a token of one of the cast."""

from django.test import Client
from make import LONG_AGO

from zhiben.orgs.models import Account, ApiToken
from zhiben.orgs.selectors.access import token_hash


def token_for(account: Account, text: str = "", **facts) -> str:
    """A token of an account, without the work of making one."""
    text = text or f"token-of-{account.username}"
    made_at = f"{LONG_AGO.isoformat()}T00:00:00Z"
    ApiToken.objects.get_or_create(
        hash=token_hash(text), defaults={"account": account, "name": "test", "made_at": made_at, **facts}
    )
    return text


class Caller:
    """Calls the API as somebody, or as nobody."""

    def __init__(self, player=None, *, language: str = "en", token: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Accept-Language": language}
        if player or token:
            self.headers["Authorization"] = f"Bearer {token or token_for(player.account)}"

    def get(self, path, **query):
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path, body=None, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(
            f"/api/v1{path}", body if body is not None else {}, content_type="application/json",
            headers=self.headers | names,
        )  # fmt: skip

    def upload(self, path, **fields):
        return self.client.post(f"/api/v1{path}", fields, headers=self.headers)
