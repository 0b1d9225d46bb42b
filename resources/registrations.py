"""What the library plugs into the ground: search, starting content, timed work."""
