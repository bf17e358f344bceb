"""Messages to a group of DingTalk (钉钉)."""
