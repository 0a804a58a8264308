"""Activities at a branch: planned, published, given dates, moved and cancelled by its officer."""
