"""Official documents: drafted from templates, signed, numbered, served."""
