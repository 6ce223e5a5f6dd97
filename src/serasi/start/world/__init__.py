"""The demonstration world: invented people in real institutions, with histories that end today.

Everything is done by the operations, as the invented staff would do it, at moments of the past two years. Here belong
the staff, the stories (one module each, every person in them has a name), and the many short histories that fill the
house. Not here: how anything is done; a story that must know that shows an operation that lacks something.

The same seed and the same day give the same world. What stands already is left as it is, story by story.
"""
