"""How many sends a second does the emulator take, with all it tells the webhook?

    python -m benchmarks.emulator_sends [--sends 20000] [--echoes-only]

Eight clients send over kept connections, one process takes the webhooks; everything
shares the machine. Prints one line of JSON and a table.
"""

import argparse
import asyncio
import http.client
import json
import subprocess
import sys
import threading
import time
from typing import Any

import psutil

CLIENTS = 8
TOKEN = "EAAbenchmark"  # noqa: S105 - the emulator's, made up
QUIET = {"deliveries": {"off": True}, "reads": {"off": True}}
RECEIVER = [sys.executable, "-m", "benchmarks.emulator_sends", "--receive"]
EMULATOR = [sys.executable, "-m", "emulator", "--quiet", "--sends-per-second", "0"]


class Receiver(asyncio.Protocol):
    """Answers 200 to every POST, as fast as Python reads them."""

    def connection_made(self, transport: Any) -> None:
        self._transport, self._buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, rest = self._buffer.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split()[0])
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


async def receive() -> None:
    """Listen for ever; print the port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Receiver, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


class Caller:
    """One kept connection to the emulator."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)

    def __call__(self, method: str, path: str, body: object = None) -> Any:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        content = None if body is None else json.dumps(body)
        self._connection.request(method, path, content, headers)
        answer = self._connection.getresponse()
        found = json.loads(answer.read())
        assert answer.status == 200, found  # noqa: S101
        return found


def customers(call: Caller, count: int) -> list[str]:
    """Return customers who have all said hello."""
    psids = [call("POST", "/api/customers", {})["psid"] for _ in range(count)]
    for psid in psids:
        call("POST", f"/api/customers/{psid}/say", {"text": "hello"})
    return psids


def send(port: int, psids: list[str], count: int, took: list[float]) -> None:
    """Send *count* messages, one after the other."""
    call = Caller(port)
    for number in range(count):
        message = {"text": f"Order {number} is on its way", "metadata": "v1:7:1"}
        psid = psids[number % len(psids)]
        body = {"recipient": {"id": psid}, "messaging_type": "RESPONSE"}
        began = time.perf_counter()
        call("POST", "/v26.0/me/messages", body | {"message": message})
        took.append(time.perf_counter() - began)


def quantile(took: list[float], share: float) -> float:
    """Return so many milliseconds that *share* of the sends took no longer."""
    return round(sorted(took)[int(len(took) * share)] * 1000, 1)


def measure(options: argparse.Namespace, port: int, process: psutil.Process) -> Any:
    """Send everything, wait until the webhook has everything, and count."""
    call, took = Caller(port), list[float]()
    call("POST", "/api/faults", QUIET if options.echoes_only else {})
    psids = customers(call, options.customers)
    share = options.sends // CLIENTS
    clients = [
        threading.Thread(target=send, args=(port, psids[n::CLIENTS], share, took))
        for n in range(CLIENTS)
    ]
    began = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    sent = time.perf_counter() - began
    while call("GET", "/api/webhooks?limit=0")["waiting"]:
        time.sleep(0.01)
    told = time.perf_counter() - began
    webhooks = call("GET", "/api/webhooks?limit=0")["count"]
    return {
        "sends": len(took),
        "sends_per_second": round(len(took) / sent),
        "webhooks": webhooks,
        "webhooks_per_second": round(webhooks / told),
        "p50_ms": quantile(took, 0.5),
        "p99_ms": quantile(took, 0.99),
        "p50_of_first_1000_ms": quantile(took[:1000], 0.5),
        "p50_of_last_1000_ms": quantile(took[-1000:], 0.5),
        "rss_mb": round(process.memory_info().rss / 1e6),
    }


def main() -> None:
    """Start both sides, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sends", type=int, default=20_000)
    parser.add_argument("--customers", type=int, default=200)
    parser.add_argument("--echoes-only", action="store_true")
    parser.add_argument("--receive", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.receive:
        asyncio.run(receive())
        return
    with subprocess.Popen(RECEIVER, stdout=subprocess.PIPE, text=True) as receiver:
        webhook = f"http://127.0.0.1:{receiver.stdout.readline().strip()}/webhook"
        command = [*EMULATOR, "--page-access-token", TOKEN, "--webhook", webhook]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as emulator:
            url = json.loads(emulator.stdout.readline())["url"]
            port = int(url.rpartition(":")[2])
            result = measure(options, port, psutil.Process(emulator.pid))
            emulator.terminate()
        receiver.kill()
    print(json.dumps(result))
    for name, value in result.items():
        print(f"{name:22} {value:>10,}")


if __name__ == "__main__":
    main()
