"""Messages to a group of WeCom (企业微信)."""
