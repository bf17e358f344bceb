"""What the robots of chat groups have in common: everybody in the group reads along, so they name and point only."""

from zhiben.notices.channels.letter import Delayed, Letter, Skipped
from zhiben.notices.channels.wire import Answer, hidden


def text_for_group(letter: Letter) -> str:
    """Return title, name and link; never the body, which is for the person named."""
    return "\n".join(filter(None, (letter.title, letter.name, letter.link)))


def mentioned(letter: Letter) -> list[str]:
    """Return the phone numbers by which the group's members are called; without one nobody would be."""
    if not letter.phone:
        raise Skipped("notice:no-phone")
    return [letter.phone]


def check(answer: Answer, *secrets: str) -> None:
    """Read a robot's answer: `errcode` 0 is success; all else may pass (too fast, keyword or signature set wrong)."""
    found = answer.as_json()
    if found.get("errcode") != 0:
        said = f"errcode {found.get('errcode', '–')}: {found.get('errmsg', f'HTTP {answer.status}')}"
        raise Delayed(hidden(said, *secrets))
