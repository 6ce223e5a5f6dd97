"""The pages of this app, one screen family in each module."""
