"""What a generation takes beside its writer, in calls a second: with a writer in this process, and with a server.

    python bench/generate_overhead.py [CALLS]

Neither takes time to reply: the seconds of the writer are measured apart and taken off, and the server is a process of
its own, asked by 32 connections. `replies` are asked for and kept alone; `rows` are made of them and checked, too.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.language_model import Completion, LanguageModel
from autophagy.answering.served import ServedModel
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow, Request
from autophagy.generate.calls import Call, Ledger
from autophagy.generate.checks import Checks
from autophagy.generate.flow import flow

SEEDS = [PoolRow(f"s{n}", f"Name {n} rivers of Europe.", "", "Rhine.") for n in range(20)]
ALPACA = Part("alpaca")


def reply(number: int) -> str:
    """One task that is always new."""
    words = " ".join(f"w{number * 7 + k}" for k in range(6))
    return f"4. Instruction: Sort {words}.\nInput: <noinput>\nOutput: Done {number}."


class Instant:
    """Replies at once."""

    name = "instant"

    def __init__(self):
        self.numbers, self.seconds = count(1), 0.0

    def complete(self, prompts, *, max_tokens=0, temperature=0.0, seed=None):
        """One new task a prompt."""
        begun = time.process_time()
        made = [Completion(reply(next(self.numbers)), 100.0, 50.0, 0.5, stop="stop") for _ in prompts]
        self.seconds += time.process_time() - begun
        return made


async def serve() -> None:
    """Reply to every request at once, and say at which port."""
    numbers = count(1)

    async def talk(reader, writer):
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            message = {"role": "assistant", "content": reply(next(numbers))}
            choices = [{"index": 0, "finish_reason": "stop", "message": message}]
            body = json.dumps({"choices": choices, "usage": {"prompt_tokens": 100, "completion_tokens": 50}}).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def replies(ledger: Ledger, calls: int) -> int:
    """Ask so many calls, whose prompts are as long as those of the recipe."""
    return len(ledger.ask([Call(str(n), ALPACA, Request(f"{n} " + "x" * 1500)) for n in range(calls)]))


def rows(ledger: Ledger, calls: int) -> int:
    """Make a row of each of so many calls."""
    return sum(made.calls for made in flow([ALPACA], SEEDS, ledger, Checks(SEEDS, 0.7), rows=calls, seed=0))


def measured(what: str, work: Callable[[Ledger, int], int], model: LanguageModel, calls: int) -> None:
    """Print how many calls are made in a second, of the processor and on the clock."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "calls.jsonl", model, 0)
        begun, wall = time.process_time(), time.perf_counter()
        made = work(ledger, calls)
        cpu = time.process_time() - begun - getattr(model, "seconds", 0.0)
        print(f"{what}: {made / cpu:,.0f} calls a CPU second, {made / (time.perf_counter() - wall):,.0f} on the clock")


def main(calls: int) -> None:
    """Each of them three times."""
    server = subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
        for _ in range(3):
            measured("rows, writer in this process", rows, Instant(), calls)
            for work in (replies, rows):
                served = ServedModel(Endpoint("fake", address, connections=32))
                measured(f"{work.__name__}, server", work, served, calls // 2)
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
