"""What this app adds at start: its operations tell the trail their names, its jobs stand in the queue."""

from serasi.exchange import operations, queries, tasks

DOORS = (operations, queries, tasks)
