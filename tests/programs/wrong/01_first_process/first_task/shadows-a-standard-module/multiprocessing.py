"""My notes: several processes at once."""
import os

print("main is process", os.getpid())
