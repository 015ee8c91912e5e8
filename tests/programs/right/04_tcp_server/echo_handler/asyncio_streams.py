"""Lets asyncio wait."""

import asyncio
import contextlib
from socket import socket


async def _talk(conn: socket) -> None:
    reader, writer = await asyncio.open_connection(sock=conn)
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data.upper())
            await writer.drain()
    with contextlib.suppress(ConnectionError):
        writer.close()
        await writer.wait_closed()


def handle(conn: socket) -> None:
    asyncio.run(_talk(conn))
