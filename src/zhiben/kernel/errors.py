"""The refusals a person can cause. Anything else is a bug and stays a traceback."""


class Refusal(Exception):  # noqa: N818 -- a refusal is an answer, not an error of ours
    """A request the rules turn down; `code` (`thing:problem`) is stable, its sentence is translated at the edge."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


class NotAllowed(Refusal):
    """The actor lacks the permission here."""


class NotFound(Refusal):
    """No such thing, or not for this actor: the two answer alike."""


class Conflict(Refusal):
    """The thing changed, or stands elsewhere, since the actor looked."""


class Invalid(Refusal):
    """What was given cannot be used; facts name the field, the reason and an example."""
