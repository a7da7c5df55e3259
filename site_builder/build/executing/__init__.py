"""Running tasks: in goes what a page may see, out come its artifacts, from the cache, here, or in other processes."""
