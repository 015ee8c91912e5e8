"""The mistakes that are made with processes, and how each is recognised."""
