"""The queue of people at the door."""


def numbers(count):
    return list(range(count))
