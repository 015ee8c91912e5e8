"""Processes that are started, waited for and ended: katas 01 and 03."""
