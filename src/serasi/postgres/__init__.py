"""The embedded PostgreSQL server: what makes Serasi start without an installed database.

Here belong: finding the programs of the server, making a cluster in the data folder, starting, finding and
stopping it. Not here: anything Django, tables, the role of the application, backups. Who sets
``DATABASE_URL`` never comes here.

    server = ensure(home)       # starts it, or finds the running one
    server.url                  # postgresql://serasi:…@127.0.0.1:PORT/serasi
    stop(home)

See ``docs/adr/0002-embedded-postgresql.md`` for why, and for what it is not.
"""

from serasi.postgres.dropping import drop_database
from serasi.postgres.errors import PostgresError
from serasi.postgres.server import Server, Status, ensure, status, stop

__all__ = ["PostgresError", "Server", "Status", "drop_database", "ensure", "status", "stop"]
