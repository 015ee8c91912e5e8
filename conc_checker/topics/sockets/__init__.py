"""Programs that talk over connections, and servers: kata 04."""
