"""What a kata's test talks to: the base of every topic's lab, and of every run."""
