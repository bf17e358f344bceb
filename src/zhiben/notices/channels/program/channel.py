"""The program itself: the message's row is the letter, nothing leaves the house."""

from zhiben.notices.channels.letter import Letter


class Program:
    """Shows letters on the pages of whoever signs in."""

    name = "program"

    def send(self, letter: Letter) -> str:
        """Return the key: whoever reads it there reads this very letter."""
        return letter.key
