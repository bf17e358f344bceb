"""The one clock: the sweep, one-off jobs, heartbeats, the worker, histories of deadlines."""
