"""A room for each topic of the course, with all that is special to it."""
