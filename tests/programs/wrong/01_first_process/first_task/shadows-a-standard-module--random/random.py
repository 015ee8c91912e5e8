"""A word chosen at random; the dice fell on helloworld."""


def word():
    return "helloworld"
