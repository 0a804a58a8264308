"""Sessions at a desk: booking for others, the places of each channel, the door."""
