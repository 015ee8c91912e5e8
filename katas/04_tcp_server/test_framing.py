"""Checks of framing: messages come out as they went in, however the network cuts the stream."""

from struct import pack

from conc_checker.course.checks import check

EVERY_BYTE = bytes(range(256))


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
    """A message may be empty, hold any bytes, begin and end with any, and need all four bytes for its length."""
    others = (b" \t blanks \r\n", EVERY_BYTE, bytes(300_000), bytes(0x01020304))
    for payloads in ((b"",), others):
        run = lab.call("send_message", lab.connection(), lab.each(*payloads))
        run.client().hears(b"".join(map(framed, payloads))).hears_nothing_more()
        run.finish()


@check(points=1, builds_on=[test_sends_the_length_and_the_payload])
def test_sends_one_message_after_the_other(lab):
    """The connection stays open: the next message follows on the same one, also after an empty one."""
    run = lab.call("send_message", lab.connection(), lab.each(b"one", b"", b"two"))
    run.client().hears(framed(b"one") + framed(b"") + framed(b"two")).hears_nothing_more()
    run.finish()


@check(points=2, builds_on=[test_sends_the_length_and_the_payload])
def test_sends_all_of_a_message(lab):
    """Nothing is lost where send() takes only a part of what it is given, as it may, and the other side reads late."""
    payload = b"large," * 50_000
    run = lab.call("send_message", lab.connection(), payload, short_writes=True)
    client = run.client()
    client.reads(1000)
    client.stays_silent()
    client.hears_all(framed(payload))
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


@check(points=1, builds_on=[test_receives_a_message_in_pieces])
def test_receives_a_message_in_any_number_of_pieces(lab):
    """Thousands of pieces make one message as a few do; recv() may return as little as one byte."""
    payload = b"piece," * 500
    run = lab.call("receive_message", lab.connection(), short_reads=True)
    run.client().says(framed(payload))
    run.finish().returned(payload)


@check(points=1, builds_on=[test_receives_a_message_in_pieces])
def test_waits_for_a_message_as_long_as_it_takes(lab):
    """The other side may be silent for a while: before a message, in its length, and in its payload."""
    run = lab.call("receive_message", lab.connection())
    client = run.client()
    for piece in (framed(b"hello")[:2], framed(b"hello")[2:7], framed(b"hello")[7:]):
        client.stays_silent()
        run.goes_on()
        client.says(piece)
    run.finish().returned(b"hello")


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
def test_receives_an_empty_message(lab):
    """An empty message is a message, and not the end; nothing else has to come for it to be returned."""
    run = lab.call("receive_message", lab.connection())
    run.client().says(framed(b""))
    run.finish().returned(b"")


@check(points=1, builds_on=[test_receives_a_message])
def test_receives_any_payload(lab):
    """Any bytes come out as they went in, whatever they begin and end with, and whatever they look like."""
    lines = (b" \t blanks \r\n", b"\n", b"exit")
    payloads = (b"", EVERY_BYTE, *lines, bytes(4), framed(b"hello"), EVERY_BYTE[::-1], b"")
    run = lab.call("receive_message", lab.connection(), times=len(payloads))
    client = run.client()
    for payload in payloads:
        client.says(framed(payload))
    run.finish().returned(*payloads)


@check(points=1, builds_on=[test_receives_messages_that_come_together])
def test_receives_any_length(lab):
    """No byte of a length means anything but the length: all from 1 to 255 have their turn."""
    payloads = [bytes(length) for length in range(1, 256)]
    run = lab.call("receive_message", lab.connection(), times=len(payloads))
    run.client().says(b"".join(map(framed, payloads)))
    run.finish().returned(*payloads)


@check(points=1, builds_on=[test_receives_messages_that_come_together])
def test_receives_a_large_message(lab):
    """A message that is larger than what recv() returns at once is returned whole, and the next one is left alone."""
    payload = EVERY_BYTE * 1000 + b"and some more"
    run = lab.call("receive_message", lab.connection(), times=2, late=True)
    run.client().says(framed(payload)).says(framed(b"the next one"))
    run.finish().returned(payload, b"the next one")


@check(points=1, builds_on=[test_receives_a_message])
def test_tells_the_end_of_the_stream(lab):
    """When the other side has said its last message, or none at all, the next call returns None, and again."""
    run = lab.call("receive_message", lab.connection(), times=3)
    run.client().says(framed(b"the last one")).leaves()
    run.finish().returned(b"the last one", None, None)
    run = lab.call("receive_message", lab.connection())
    run.client().stops_talking()
    run.finish().returned(None)


@check(points=2, builds_on=[test_receives_a_message])
def test_refuses_half_a_message(lab):
    """A stream that ends in the middle of a message raises EOFError, in its length as in its payload."""
    whole = framed(b"hello")
    for half in (whole[:1], whole[:3], whole[:4], whole[:-1]):
        run = lab.call("receive_message", lab.connection())
        run.client().says(half).leaves()
        run.raises("EOFError")
    run = lab.call("receive_message", lab.connection(), times=2)
    client = run.client().says(whole + whole[:6])
    run.goes_on()
    client.leaves()
    run.raises("EOFError")
