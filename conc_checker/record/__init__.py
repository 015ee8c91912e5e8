"""What happened in a run, and what is said of it: data that can be written, read and replayed."""
