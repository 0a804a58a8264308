"""The demo county: real titles and places, invented people."""
