"""All effects: files, clock, processes, cache. Everything below this floor is pure."""
