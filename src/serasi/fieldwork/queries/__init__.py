"""What is read of this app, by name from one door."""
