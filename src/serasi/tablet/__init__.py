"""The resident's own view: on a tablet of the ward, with number tag and PIN, someone sees what is planned with them
today and further on, and can complain past the house.

What is shown belongs to the rooms below; this room lets people in and arranges it in plain words.
"""
