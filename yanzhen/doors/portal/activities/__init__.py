"""What goes on in the county, for everybody: lists, a month, one session, its poster, its feed."""
