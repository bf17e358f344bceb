"""The program itself: the message's row is the letter, nothing leaves the house."""

from zhiben.kernel.bilingual import Bilingual
from zhiben.notices.channels.letter import Letter


class Program:
    """Shows letters on the pages of whoever signs in."""

    name = "program"
    label = Bilingual("程序内消息", "in the program")

    def lacks(self) -> str:
        """Need nothing."""
        return ""

    def parts(self, letter: Letter) -> int:  # noqa: ARG002 -- the protocol's signature
        """Cost nothing."""
        return 0

    def send(self, letter: Letter) -> str:
        """Return the key: whoever reads it there reads this very letter."""
        return letter.key
