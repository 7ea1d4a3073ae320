"""The shape of every kind of content record."""
