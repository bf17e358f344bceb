"""Rules of documents that need no database: kinds, templates, what they say when filled, numbers."""
