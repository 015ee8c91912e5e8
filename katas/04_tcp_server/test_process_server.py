"""Checks of process_server: clients are served at the same time, each in a process of its own."""

import pytest

from conc_checker.course.checks import check

EVERY_BYTE = bytes(range(256))
PLAY = b"All work and no play. " * 10_000  # more than all that the network keeps on its way


@check(points=1)
def test_importing_starts_nothing(lab):
    """The module can be imported without starting a process."""
    lab.load().finish().started_nothing()


@check(points=1, builds_on=[test_importing_starts_nothing])
@pytest.mark.every_start_method
def test_answers_a_client(lab):
    """What a client says comes back in capitals, as often as it says something."""
    server = lab.serve("serve")
    client = server.connect()
    client.says(b"hello").hears(b"HELLO")
    client.says(b"world").hears(b"WORLD")


@check(points=1, builds_on=[test_answers_a_client])
@pytest.mark.every_start_method
def test_a_silent_client_does_not_keep_the_next_one_waiting(lab):
    """Who came first and says nothing is served all the same, and so is who came later."""
    server = lab.serve("serve")
    silent, busy = server.connect(), server.connect()
    busy.says(b"hello").hears(b"HELLO")
    silent.says(b"still here").hears(b"STILL HERE")


@check(points=1, builds_on=[test_answers_a_client])
def test_a_silent_client_is_not_given_up(lab):
    """Who says nothing for a while is still there, and is answered when it speaks again."""
    server = lab.serve("serve")
    client = server.connect()
    client.says(b"hello").hears(b"HELLO")
    client.stays_silent()
    client.says(b"still here").hears(b"STILL HERE")


@check(points=1, builds_on=[test_answers_a_client])
def test_any_bytes_and_all_of_them(lab):
    """Any bytes and any words come back, and nothing is lost where send() takes only a part of what it is given."""
    server = lab.serve("serve", short_writes=True)
    client = server.connect()
    client.exchanges((b"z", b" ", b"\n", b"\r\n", b"\0", b"\x04", b"exit", b"quit\n", b"bye"), bytes.upper)
    client.says(EVERY_BYTE).hears(EVERY_BYTE.upper())
    client.says(b"x" * 3000).hears(b"X" * 3000)


@check(points=1, builds_on=[test_answers_a_client])
@pytest.mark.every_start_method
def test_each_client_has_a_process_of_its_own(lab):
    """Three clients hold still: three processes hold their connections, each one, and main none; one says nothing."""
    server = lab.serve("serve")
    *talking, silent = server.connect_many(3)
    for client in talking:
        client.says(b"hello").hears(b"HELLO")
    server.serves_each_in_a_process_of_its_own(*talking, silent)


@check(points=1, builds_on=[test_answers_a_client])
def test_fifty_clients_have_fifty_processes(lab):
    """As many processes as clients, and not as many as there happened to be."""
    server = lab.serve("serve")
    clients = [server.connect().says(b"hello").hears(b"HELLO") for _ in range(50)]
    server.serves_each_in_a_process_of_its_own(*clients)


@check(points=1, builds_on=[test_answers_a_client])
@pytest.mark.every_start_method
def test_a_client_that_has_finished_sees_the_end(lab):
    """When a client says no more, the server closes the connection, and every copy of it."""
    server = lab.serve("serve")
    client = server.connect()
    client.says(b"bye").hears(b"BYE")
    client.stops_talking().sees_the_end()


@check(points=1, builds_on=[test_a_client_that_has_finished_sees_the_end])
def test_a_late_reader_sees_the_end_behind_its_answer(lab):
    """A client that says much, then no more, and reads late gets the whole answer, and the end of the connection."""
    server = lab.serve("serve", small_buffers=True)
    late = server.connect(slow=True)
    late.says(PLAY).stops_talking()
    late.reads(len(PLAY) - 60_000)
    for _ in range(9):
        late.reads(4000)  # at some point all that is left is on its way, and its process has nothing more to do
    late.hears_all(PLAY.upper()).sees_the_end()


@check(points=1, builds_on=[test_answers_a_client])
@pytest.mark.every_start_method
def test_a_process_ends_with_its_client(lab):
    """The process of a client that has left comes to its end; the others go on."""
    server = lab.serve("serve")
    leaving, staying = server.connect_many(2)
    for client in (leaving, staying):
        client.says(b"hello").hears(b"HELLO")
    server.serves_each_in_a_process_of_its_own(leaving, staying)
    leaving.leaves()
    server.lets_go_of(leaving)
    staying.says(b"still here").hears(b"STILL HERE")


@check(points=1, builds_on=[test_a_process_ends_with_its_client])
def test_a_process_ends_however_its_client_leaves(lab):
    """Who breaks off, says no more, or leaves in the middle of its answer, has left as well: its process ends."""
    server = lab.serve("serve", small_buffers=True)
    leaving, full = server.connect_many(2), server.connect(slow=True)
    for client in leaving:
        client.says(b"hello").hears(b"HELLO")
    full.says(PLAY).reads(5)
    server.serves_each_in_a_process_of_its_own(*leaving, full)
    leaving[0].resets()
    leaving[1].stops_talking().sees_the_end()
    full.resets()
    server.lets_go_of(*leaving, full)


@check(points=1, builds_on=[test_answers_a_client])
def test_ended_processes_are_reaped(lab):
    """While the server goes on, the processes of clients that have left do not pile up as zombies."""
    server = lab.serve("serve")
    earlier = server.connect_many(3)
    for client in earlier:
        client.says(b"hello").hears(b"HELLO")
    server.serves_each_in_a_process_of_its_own(*earlier)
    for client in earlier:
        client.leaves()
    server.lets_go_of(*earlier)
    server.connect().says(b"who is next").hears(b"WHO IS NEXT")
    server.has_reaped(*earlier)


@check(points=1, builds_on=[test_ended_processes_are_reaped])
def test_processes_that_end_together_are_reaped(lab):
    """Also where three processes end at one moment, none stays as a zombie: signals of one kind may come as one."""
    server = lab.serve("serve")
    together = server.connect_many(3)
    for client in together:
        client.says(b"hello").hears(b"HELLO")
    server.serves_each_in_a_process_of_its_own(*together)
    server.leave_together(*together)
    server.lets_go_of(*together)
    server.connect().says(b"who is next").hears(b"WHO IS NEXT")
    server.has_reaped(*together)


@check(points=1, builds_on=[test_answers_a_client])
def test_a_reset_client_hurts_nobody(lab):
    """Clients that break their connections off, early or late, disturb neither the others nor the server."""
    server = lab.serve("serve")
    server.connect_and_reset()
    late, staying = server.connect_many(2)
    for client in (late, staying):
        client.says(b"hello").hears(b"HELLO")
    late.resets()
    server.goes_on()
    staying.says(b"still here").hears(b"STILL HERE")
    server.connect().says(b"me too").hears(b"ME TOO")


@check(points=1, builds_on=[test_answers_a_client])
def test_a_large_answer_reaches_a_slow_reader(lab):
    """A client that says much and reads late gets all of it, and keeps nobody waiting."""
    server = lab.serve("serve", small_buffers=True)
    slow = server.connect(slow=True)
    slow.says(PLAY)
    slow.reads(10)
    server.connect().says(b"hello").hears(b"HELLO")
    slow.hears_all(PLAY.upper())


@check(points=1, builds_on=[test_answers_a_client])
def test_waits_for_clients_as_long_as_it_takes(lab):
    """When nobody comes for a while, the server goes on waiting."""
    server = lab.serve("serve")
    server.is_left_alone()
    server.connect().says(b"hello").hears(b"HELLO")


@check(points=1, builds_on=[test_answers_a_client])
@pytest.mark.every_start_method
def test_nothing_is_left_after_an_interrupt(lab):
    """After Ctrl-C no process is left, also when a client was still connected."""
    server = lab.serve("serve")
    client = server.connect()
    client.says(b"hello").hears(b"HELLO")
    server.ends_when_interrupted()


@check(points=1, builds_on=[test_answers_a_client])
def test_clients_come_and_go(lab):
    """There is a process for the sixty-fifth client as for the first."""
    server = lab.serve("serve")
    for _ in range(65):
        server.connect().says(b"hello").hears(b"HELLO").leaves()


@check(points=1, builds_on=[test_answers_a_client])
def test_can_be_started_again_at_once(lab):
    """After a crash, with a client still connected, the same port can be taken again at once."""
    server = lab.serve("serve")
    client = server.connect()
    client.says(b"hello").hears(b"HELLO")
    server.is_killed()
    again = lab.serve("serve", at=server.address)
    again.connect().says(b"hello again").hears(b"HELLO AGAIN")
