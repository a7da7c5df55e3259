"""The newspaper page: from an edition and a format to a plan in which every line has its place."""
