"""From artifacts to a site on disk: what differs, what is ours, all at once or not at all."""
