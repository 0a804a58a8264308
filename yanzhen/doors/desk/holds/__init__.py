"""Holds at a desk: what to fetch from the shelves, what waits to be fetched by readers."""
