"""Programs that render ordinary pages and the frame. Hosts never import each other."""
