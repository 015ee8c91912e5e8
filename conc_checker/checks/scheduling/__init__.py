"""Schedules, judged: an oracle that goes tick by tick, properties, and the mistakes that programs make here."""
