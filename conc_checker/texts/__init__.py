"""What learners read, in every language: loading, plurals, and the words that all topics share."""
