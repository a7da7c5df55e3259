"""``bulletin serve``: a newsroom and its changes in, answers to a browser out. Adds nothing to what is built."""
