"""PostgreSQL as Django knows it, with statements that it plans once."""
