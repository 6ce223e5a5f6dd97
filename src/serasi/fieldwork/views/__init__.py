"""What is answered: to devices by OpenRosa, to people by pages."""
