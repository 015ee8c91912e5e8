"""Checks of echo_handler: everything comes back in capitals, and the client's end is noticed."""

from conc_checker.course.checks import check

PLAY = b"All work and no play. " * 50_000  # more than all that the network keeps on its way
EVERY_BYTE = bytes(range(256))
ALONE = bytes(range(33)) + b"09AZaz`{\x7f\x80\xff"  # what somebody may take for more than a byte, or for a letter
WORDS = b"exit,Exit\n,quit,QUIT\r\n,bye,stop,end,EOF,close,shutdown,help,q,.,--,/quit,\n\n,  ,\x04\x04,\xff\xf4\xff\xfd"


@check(points=2)
def test_answers_a_client(lab):
    """What a client says comes back in capitals, as often as it says something, and nothing else comes."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.hears_nothing_more()
    client.says(b"hello").hears(b"HELLO").hears_nothing_more()
    client.says(b"world").hears(b"WORLD").hears_nothing_more()


@check(points=1, builds_on=[test_answers_a_client])
def test_answers_before_the_client_has_finished(lab):
    """Each byte is answered, though the next has not come: no line end, no full buffer and no end is waited for."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    for letter in (b"a", b"b", b"c"):
        client.says(letter).hears(letter.upper())
    client.says(b"d" * 4096).hears(b"D" * 4096)


@check(points=1, builds_on=[test_answers_a_client])
def test_a_letter_in_two_halves(lab):
    """A letter of two bytes that arrives byte by byte is answered byte by byte."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.says(b"caf\xc3").hears(b"CAF\xc3")
    client.says(b"\xa9").hears(b"\xa9")


@check(points=1, builds_on=[test_answers_a_client])
def test_any_bytes(lab):
    """Each byte comes back, alone and among others: a to z as capitals, blanks and all others as they are."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.says(b" \t two words \r\n\0").hears(b" \t TWO WORDS \r\n\0")
    client.says("déjà vu".encode()).hears("DéJà VU".encode())
    client.exchanges((bytes([byte]) for byte in ALONE), bytes.upper)
    client.says(EVERY_BYTE).hears(EVERY_BYTE.upper())
    client.says(EVERY_BYTE[::-1]).hears(EVERY_BYTE[::-1].upper())


@check(points=1, builds_on=[test_answers_a_client])
def test_no_word_ends_the_talk(lab):
    """Whatever the client says is something that it says: no word and no sign means that it has left."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.exchanges(WORDS.split(b","), bytes.upper)
    run.goes_on()


@check(points=1, builds_on=[test_answers_a_client])
def test_any_number_of_pieces(lab):
    """Two thousand pieces are answered as the first one was; recv() may return as little as one byte."""
    run = lab.call("handle", lab.connection(), short_reads=True)
    client = run.client()
    client.says(b"piece by piece. " * 125).hears(b"PIECE BY PIECE. " * 125)


@check(points=1, builds_on=[test_answers_a_client])
def test_stays_with_its_client(lab):
    """`handle` does not come back while its client is there, not even when that has been silent for long."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.says(b"hello").hears(b"HELLO")
    run.goes_on()
    client.stays_silent()
    client.says(b"still here").hears(b"STILL HERE")
    run.goes_on()


@check(points=2, builds_on=[test_answers_a_client])
def test_returns_when_the_client_has_left(lab):
    """At the end of the stream `handle` returns, and does not go on reading."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.says(b"bye").hears(b"BYE")
    client.says(b"one more thing").hears(b"ONE MORE THING")
    client.leaves()
    run.finish()


@check(points=1, builds_on=[test_answers_a_client])
def test_answers_a_client_that_says_no_more(lab):
    """A client that has closed only its sending side gets the whole answer."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.says(b"that was all").stops_talking()
    client.hears(b"THAT WAS ALL")
    run.finish()


@check(points=1, builds_on=[test_answers_a_client_that_says_no_more])
def test_a_late_reader_gets_all_that_it_is_owed(lab):
    """A client that says much, then no more, and reads late gets the whole answer all the same."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.reads(0)
    client.says(PLAY).stops_talking()
    client.reads(1000)
    run.goes_on()  # there cannot be room for all of the answer yet
    client.reads(len(PLAY) - 61_000)
    for _ in range(9):
        client.reads(4000)  # at some point all that is left is on its way, and `handle` has nothing more to do
    client.hears_all(PLAY.upper())
    run.finish()


@check(points=2, builds_on=[test_answers_a_client])
def test_sends_all_of_an_answer(lab):
    """Nothing is lost where send() takes only a part of what it is given, as it may at any time."""
    run = lab.call("handle", lab.connection(), short_writes=True)
    client = run.client()
    client.says(b"x" * 3000).hears(b"X" * 3000)


@check(points=1, builds_on=[test_answers_a_client])
def test_a_large_answer_reaches_a_slow_reader(lab):
    """A client that says much and reads late gets all of it."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.reads(0)
    client.says(PLAY)
    client.reads(10)
    client.reads(1000)
    client.hears_all(PLAY.upper())


@check(points=1, builds_on=[test_answers_a_client])
def test_survives_a_reset(lab):
    """A client that breaks the connection off has left: `handle` returns."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.says(b"hello").hears(b"HELLO")
    client.resets()
    run.finish()


@check(points=1, builds_on=[test_answers_a_client])
def test_survives_a_client_that_leaves_in_the_middle_of_an_answer(lab):
    """A client that breaks off while an answer is under way has left, too: `handle` returns."""
    run = lab.call("handle", lab.connection())
    client = run.client()
    client.reads(0)
    client.says(PLAY)
    client.reads(10)
    client.resets()
    run.finish()


@check(points=1, builds_on=[test_answers_a_client])
def test_survives_a_client_that_says_nothing(lab):
    """A client that leaves, or breaks off, before it has said anything has left, too: `handle` returns."""
    run = lab.call("handle", lab.connection())
    run.client().hears_nothing_more().leaves()
    run.finish()
    run = lab.call("handle", lab.connection())
    run.client().hears_nothing_more().resets()
    run.finish()


@check(points=1, builds_on=[test_answers_a_client])
def test_survives_a_client_that_waits_for_no_answer(lab):
    """A client that says much and is gone before it is answered has left: nobody takes the answer, `handle` returns."""
    run = lab.call("handle", lab.connection(), late=True)
    run.client().says(b"x" * 60_000).leaves()
    run.finish()
