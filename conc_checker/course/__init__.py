"""The course on disk: katas, their `kata.toml`, and where a learner's modules come from."""
