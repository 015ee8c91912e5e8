"""Asks a question, and nobody is there to answer (attack 60)."""


def run_all(task, count=10):
    return float(input("How long did it take? "))
