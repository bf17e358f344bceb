"""Example records: enterprises, people and three years of history, written through the services users use."""
