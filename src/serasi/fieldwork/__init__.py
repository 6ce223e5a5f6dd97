"""Work away from a desk: devices, what a phone carries, and what it sends (docs/adr/0017)."""
