"""How each language writes days, where Django's own way is not the one we want."""
