"""asyncio reads with a limit, and tries again.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import asyncio


async def talk(conn):
    conn.setblocking(False)
    loop = asyncio.get_running_loop()
    reading = loop.create_task(loop.sock_recv(conn, 1024))
    while True:
        ready, _ = await asyncio.wait([reading], timeout=0.5)
        if not ready:
            continue
        data = reading.result()
        if not data:
            return
        await loop.sock_sendall(conn, data.upper())
        reading = loop.create_task(loop.sock_recv(conn, 1024))


def handle(conn):
    try:
        asyncio.run(talk(conn))
    except ConnectionError:
        pass
