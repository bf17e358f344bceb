"""Why something is refused, in both languages: text (the English one) to programs, the reader's own to people."""

from typing import Self


class Because(str):
    """A reason in English that carries its Chinese."""

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, zh: str, en: str) -> Self:
        """Make a reason of both sentences."""
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    def __call__(self, language: str) -> str:
        """Return the reason in a language such as `zh-hans` or `en`."""
        return self.zh if language.lower().startswith("zh") else str(self)

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (self.zh, str(self))


def because(zh: str, en: str) -> Because:
    """Return a reason; every `reason=` of a refusal of the law is made here.

    >>> because("须为正数", "must be positive")("zh")
    '须为正数'
    """
    return Because(zh, en)
