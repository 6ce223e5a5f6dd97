"""The shell: what must I do today, navigation, search box, errors, health. Owns no facts."""
