"""The composition root: settings, environment, URLs, the command line. May import every room."""
