"""Everything is closed by a with block, also in the child."""
import contextlib
import socket
from multiprocessing import Process


def handle(conn, listener):
    listener.close()
    with conn, conn.makefile("rb", buffering=0) as read, conn.makefile("wb", buffering=0) as write:
        while data := read.read(4096):
            view = memoryview(data.upper())
            while view:
                view = view[write.write(view) :]


def serve(host, port):
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server((host, port)))
        while True:
            with listener.accept()[0] as conn:
                Process(target=handle, args=(conn, listener)).start()
