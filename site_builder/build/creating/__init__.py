"""What Bulletin writes for editors to go on with: a new story, a new newsroom, schemas for their editor program."""
