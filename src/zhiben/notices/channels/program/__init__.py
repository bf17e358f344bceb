"""Messages inside the program."""
