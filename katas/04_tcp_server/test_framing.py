"""Checks of framing: messages come out as they went in, however the network cuts the stream."""

from struct import pack

from conc_checker.course.checks import check


def framed(payload):
    """Return a message as it goes over the network: four bytes of length, then the payload."""
    return pack("!I", len(payload)) + payload


@check(points=1)
def test_sends_the_length_and_the_payload(lab):
    """What `send_message` sends is the length in four bytes, the highest first, and the payload."""
    run = lab.call("send_message", lab.connection(), b"hello")
    run.client().hears(framed(b"hello")).hears_nothing_more()
    run.finish()


@check(points=1, builds_on=[test_sends_the_length_and_the_payload])
def test_sends_any_payload(lab):
    """A message may be empty, hold any bytes, and be longer than one or two bytes of length can say."""
    for payload in (b"", bytes(range(256)), b"large " * 50_000):
        run = lab.call("send_message", lab.connection(), payload)
        run.client().hears(framed(payload)).hears_nothing_more()
        run.finish()


@check(points=1, builds_on=[test_sends_the_length_and_the_payload])
def test_sends_one_message_after_the_other(lab):
    """The connection stays open: the next message follows on the same one."""
    run = lab.call("send_message", lab.connection(), b"again", times=2)
    run.client().hears(framed(b"again") * 2).hears_nothing_more()
    run.finish()


@check(points=2, builds_on=[test_sends_the_length_and_the_payload])
def test_sends_all_of_a_message(lab):
    """Nothing is lost where send() takes only a part of what it is given, as it may at any time."""
    payload = b"large " * 50_000
    run = lab.call("send_message", lab.connection(), payload, short_writes=True)
    run.client().hears(framed(payload))
    run.finish()


@check(points=1)
def test_receives_a_message(lab):
    """A message that comes in one piece is returned without its length."""
    run = lab.call("receive_message", lab.connection())
    run.client().says(framed(b"hello"))
    run.finish().returned(b"hello")


@check(points=1, builds_on=[test_receives_a_message])
def test_leaves_the_next_message_where_it_is(lab):
    """Of the message after it nothing is read: whoever reads next finds it whole."""
    run = lab.call("receive_message", lab.connection())
    run.client().says(framed(b"hello") + framed(b"world"))
    run.has_left_unread(framed(b"world"))
    run.finish().returned(b"hello")


@check(points=2, builds_on=[test_receives_a_message])
def test_receives_messages_that_come_together(lab):
    """Two messages that the network has joined come out as two."""
    run = lab.call("receive_message", lab.connection(), times=2)
    run.client().says(framed(b"hello") + framed(b"world"))
    run.finish().returned(b"hello", b"world")


@check(points=1, builds_on=[test_receives_a_message])
def test_receives_a_message_in_pieces(lab):
    """A message that comes byte by byte is returned whole."""
    run = lab.call("receive_message", lab.connection())
    run.client().says(framed(b"in pieces"), bytewise=True)
    run.finish().returned(b"in pieces")


@check(points=1, builds_on=[test_receives_messages_that_come_together, test_receives_a_message_in_pieces])
def test_a_piece_may_belong_to_two_messages(lab):
    """Where a piece holds the end of one message and the begin of the next, each message gets what is its own."""
    for cut in (2, 6):  # in the length, and in the payload
        stream = framed(b"hello") + framed(b"world")
        run = lab.call("receive_message", lab.connection(), times=2)
        client = run.client()
        client.says(stream[:cut])
        run.goes_on()
        client.says(stream[cut:])
        run.finish().returned(b"hello", b"world")


@check(points=1, builds_on=[test_receives_a_message])
def test_receives_any_payload(lab):
    """Any bytes come out as they went in, and an empty message is a message, not the end."""
    every = bytes(range(256))
    run = lab.call("receive_message", lab.connection(), times=3)
    run.client().says(framed(b"") + framed(every) + framed(b"after them"))
    run.finish().returned(b"", every, b"after them")


@check(points=1, builds_on=[test_receives_a_message])
def test_receives_a_large_message(lab):
    """A message that is larger than what recv() returns at once is returned whole."""
    payload = bytes(range(256)) * 1000
    run = lab.call("receive_message", lab.connection())
    run.client().says(framed(payload))
    run.finish().returned(payload)


@check(points=1, builds_on=[test_receives_a_message])
def test_tells_the_end_of_the_stream(lab):
    """When the other side has closed after a message, the next call returns None."""
    run = lab.call("receive_message", lab.connection(), times=2)
    run.client().says(framed(b"the last one")).leaves()
    run.finish().returned(b"the last one", None)


@check(points=2, builds_on=[test_receives_a_message])
def test_refuses_half_a_message(lab):
    """A stream that ends in the middle of a message raises EOFError, in its length as in its payload."""
    for half in (framed(b"hello")[:2], framed(b"hello")[:4], framed(b"hello")[:-1]):
        run = lab.call("receive_message", lab.connection())
        run.client().says(half).leaves()
        run.raises("EOFError")
