"""The mistakes that are made with connections, and how each is recognised."""
