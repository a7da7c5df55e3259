"""Paper: what is printed, as values. Stories and editions in; blocks, sheets and their JSON out; nothing is drawn."""
