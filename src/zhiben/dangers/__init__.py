"""Hidden dangers: the loop, five implementations, extension, stop orders, sign-off."""
