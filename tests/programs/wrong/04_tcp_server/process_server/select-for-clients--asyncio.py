"""Serves all clients as coroutines of one process."""
import asyncio


async def handle(reader, writer):
    while data := await reader.read(1024):
        writer.write(data.upper())
        await writer.drain()
    writer.close()


async def listen(host, port):
    server = await asyncio.start_server(handle, host, port)
    async with server:
        await server.serve_forever()


def serve(host, port):
    asyncio.run(listen(host, port))  # <- here
