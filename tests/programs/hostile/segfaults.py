"""Reads from address zero (attack 61)."""
import ctypes


def run_all(task, count=10):
    ctypes.string_at(0)
