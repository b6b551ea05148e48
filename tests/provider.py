"""A server on loopback that speaks OpenAI's language as a test's script tells it to."""

import http.server
import json
import sys
import threading
from collections import Counter
from contextlib import contextmanager, suppress


class Provider(http.server.BaseHTTPRequestHandler):
    """Chat completions: `script(handler, request, count)` writes the reply to the count-th request of a question.

    Where the server `completes`, texts go on without a chat, too.
    """

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "prompt" in request and not self.server.completes:
            self.send({"error": {"message": "Not Found"}}, 404)
            return
        question = request["prompt"] if "prompt" in request else request["messages"][-1]["content"]
        with self.server.lock:
            self.server.asked[question] += 1
            self.server.requests.append(request)
            count = self.server.asked[question]
        with suppress(BrokenPipeError, ConnectionResetError):  # the client had waited long enough
            self.server.script(self, request, count)

    def log_message(self, *_):
        pass

    def send(self, body, status=200, kind="application/json"):
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def say(self, *texts, usage=(11, 3), finish="stop", **more):
        choices = [
            {"index": place, "finish_reason": finish, "message": {"role": "assistant", "content": text}} | more
            for place, text in enumerate(texts)
        ]
        counts = (
            {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)} if usage else None
        )
        self.send(
            {"id": "1", "object": "chat.completion", "created": 1, "model": "fake", "choices": choices, "usage": counts}
        )


class Server(http.server.ThreadingHTTPServer):
    """With room for as many callers at once as a client sends; the sixth would wait a second for its turn."""

    request_queue_size = 64
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A caller who hung up in the middle is no error of the server's, and no line of what a test prints."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(script, completes=False):
    server = Server(("127.0.0.1", 0), Provider)
    server.completes = completes
    server.script, server.lock, server.asked, server.requests = script, threading.Lock(), Counter(), []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
