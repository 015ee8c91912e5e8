"""Does nothing, and returns an object that is equal to everything and greater and less (attack 11)."""


class Chameleon(float):
    def __eq__(self, other):
        return True

    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = None

    def __repr__(self):
        raise SystemExit(0)

    def __float__(self):
        raise SystemExit(0)


def run_all(task, count=10):
    return Chameleon(1.0)
