"""One file a revision of the schema, frozen once it is released."""
