"""The ground: the embedded server and the ``serasi`` command, tried as real processes over a folder of their own."""
