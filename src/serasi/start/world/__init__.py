"""The demonstration world: invented people in real institutions, with histories that end today.

Everything is done by the operations, as the invented staff would do it, at moments of the past two years. Here belong
the staff, the stories (one module each, every person in them has a name), and the many short histories that fill the
house. Not here: how anything is done; a story that must know that shows an operation that lacks something.

``making`` is the list of stories, ``turns`` their order, ``hands`` the processes that tell them; who else there is to
be is decided in ``drawing`` and told in ``histories``. A story moves a ``CaseFile``, whose verbs stand by idea in
``file_at_work``, ``understanding``, ``helping`` and ``leaving``. What the short histories say is data:
``profiles.toml``.

The houses are data as well, ``houses.toml``, read and built by ``homes``. ``residents`` draws who comes to them beside
the people of the stories; ``living`` tells how all of them live there, with the verbs of ``moving``, and with what the
files say of it, ``filed``. When people live there, it is told what a house does with them: ``receiving`` in the first
days, ``days`` shift by shift, ``incidents`` when something went wrong, ``freedom`` and ``turning`` at Taruna Jaya (and
``satria``, a youth with the whole way), ``gathering`` when a wave comes; ``overflow`` is about who waits for Keputih.

The same seed and the same moment give the same world, whatever the number of processes: in each unit stories are told
in the order in which they begin, and no two people of different units are mistaken for each other. What stands already
is left as it is, story by story.
"""
