"""Kata 04, third exercise: a server with a process for each client."""


def serve(host: str, port: int) -> None:
    """Listen at `host` and `port`, and serve each client in a process of its own, until Ctrl-C.

    A client is sent back in capitals everything that it sends, as in `echo_handler`, while any number of others are
    connected, whether they talk or not. The process of a client ends when its client has left.
    """
    raise NotImplementedError
