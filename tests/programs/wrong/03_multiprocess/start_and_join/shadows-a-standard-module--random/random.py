"""Numbers in an order that looks like chance."""


def shuffled(count):
    return sorted(range(count), key=lambda number: number * 7 % 10)
