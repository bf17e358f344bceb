"""Text that people read, in both languages at once: never two loose columns."""

import os
from dataclasses import dataclass
from typing import ClassVar, Self


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Chinese (zh-Hans) and English."""

    # Templates call what can be called; this text is shown by the filter `told`, which knows the language.
    do_not_call_in_templates: ClassVar[bool] = True

    zh: str
    en: str

    @classmethod
    def of(cls, value: "str | dict[str, str] | Bilingual") -> Self:
        """Read `{zh, en}`, or take one text for both languages."""
        if isinstance(value, Bilingual):
            return cls(value.zh, value.en)
        if isinstance(value, str):
            return cls(value, value)
        zh = value.get("zh") or value.get("zh-Hans") or value.get("en", "")
        return cls(zh, value.get("en") or zh)

    def __call__(self, language: str) -> str:
        """Return the text for a language code such as `zh-hans` or `en`."""
        return self.zh if language.lower().startswith("zh") else self.en


def terminal_language() -> str:
    """Return the language in which a command answers: Chinese where the terminal says so, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return "zh" if spoken.lower().startswith("zh") else "en"
