"""From values to artifacts: HTML pages, feeds, search data, pictures. Pure: no files, no clock, no processes."""
