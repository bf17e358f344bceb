"""All functions of the law are offered, whichever test runs alone."""

from zhiben.law import functions  # noqa: F401 -- importing it offers them
