"""``bitext serve``: the sites on this machine, and what is edited on screen at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bitext.commands.build import BuildOptions, LanguageBuild, run_build
from bitext.commands.preview import (
    Stamps,
    Worker,
    articles_of,
    changed_paths,
    make_order,
    take_stamps,
)
from bitext.errors import BitextError, UsageError
from bitext.project import Project, open_project

_EVENTS = "/_bitext/changes"
_PATIENCE = 25.0
"""Seconds after which a page asks again whether it changed."""

_RELOAD = f"""<script>
(function ask(seen) {{
  fetch("{_EVENTS}?" + seen).then((answer) => answer.json()).then((now) => {{
    const own = decodeURI(location.pathname).replace(/index\\.html$/, "");
    if (now.pages.some((page) => page === "*" || page.replace(/index\\.html$/, "") === own))
      location.reload();
    else ask(now.version);
  }}).catch(() => setTimeout(ask, 1000, seen));
}})(-1);
</script>
""".encode()
"""What each page carries while it is served; the files on disk do not."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve."""

    port: int = 8000
    output: str = "build"
    interval: float = 0.2
    """Seconds between two looks at the files."""


class Changes:
    """The pages that changed since the start, for those who wait for it."""

    def __init__(self) -> None:
        self._pages: list[str] = []
        self._condition = threading.Condition()

    def add(self, pages: Sequence[str]) -> None:
        """Tell all who wait that these pages changed; `*` is every page."""
        with self._condition:
            self._pages.extend(pages)
            self._condition.notify_all()

    def wait(self, seen: int) -> tuple[int, list[str]]:
        """Return how many changes there were, and those after the first `seen`."""
        with self._condition:
            if seen < 0:
                seen = len(self._pages)
            self._condition.wait_for(lambda: len(self._pages) > seen, _PATIENCE)
            return len(self._pages), self._pages[seen:]


class _Handler(SimpleHTTPRequestHandler):
    """Serves the sites; a page that it serves asks for changes."""

    def __init__(self, *arguments: object, changes: Changes, directory: str) -> None:
        self._changes = changes
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == _EVENTS:
            self._answer_changes(address.query)
            return
        path = Path(self.translate_path(unquote(address.path)))
        path = path / "index.html" if path.is_dir() and address.path.endswith("/") else path
        if path.suffix == ".html" and path.is_file():
            self._send(path.read_bytes() + _RELOAD, "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _answer_changes(self, seen: str) -> None:
        version, pages = self._changes.wait(int(seen) if seen.lstrip("-").isdigit() else -1)
        body = json.dumps({"version": version, "pages": pages})
        self._send(body.encode(), "application/json")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the reader left

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request."""


def run_serve(
    project: Project,
    tags: Sequence[str],
    *,
    options: ServeOptions,
    report: Callable[[LanguageBuild], None],
    say: Callable[[str], None],
) -> None:
    """Build the sites, serve them and keep them as the files are, until interrupted."""
    how = BuildOptions(output=options.output)
    before = take_stamps(project, project.settings.languages)
    built = run_build(project, tags, options=how, report=report)
    chosen = [build.tag for build in built.builds if not build.status]
    if not chosen:
        raise UsageError("no site could be built; see the messages above")
    changes = Changes()
    folder = project.root / options.output / how.builder
    with ExitStack() as stack:
        address = stack.enter_context(_serving(folder, options.port, changes))
        preview = _Preview(project, chosen, how, changes, say)
        stack.callback(preview.end)
        say(f"{address}  (Ctrl+C ends)")
        preview.watch(before, options.interval)


@contextmanager
def _serving(folder: Path, port: int, changes: Changes) -> Iterator[str]:
    """Serve a folder; give its address. Raises `UsageError` if the port is taken."""
    handler = partial(_Handler, changes=changes, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}"
        raise UsageError(f"{message}; choose another with --port") from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


class _Preview:
    """The processes that hold the sites."""

    def __init__(
        self,
        project: Project,
        tags: Sequence[str],
        how: BuildOptions,
        changes: Changes,
        say: Callable[[str], None],
    ) -> None:
        self._project, self._how, self._changes, self._say = project, how, changes, say
        self._workers: dict[str, Worker] = {}
        self._start(tags)

    def _start(self, tags: Sequence[str]) -> None:
        for tag in tags:
            order = make_order(self._project, tag, self._how)
            self._workers[tag] = Worker(order, self._project.root)
        for worker in self._workers.values():
            worker.wait_until_ready()

    def end(self) -> None:
        """End all processes."""
        for worker in self._workers.values():
            worker.end()

    def watch(self, before: Stamps, interval: float) -> None:
        """Bring what changes to the screen, for good."""
        pause = threading.Event()
        missing: set[str] = set()
        while True:
            after = take_stamps(self._project, list(self._workers))
            gone = missing - after.keys()  # not only while an editor saves it
            missing = before.keys() - after.keys()
            paths = changed_paths({path: before[path] for path in before if path in after}, after)
            before = after
            if gone:
                self._restart()
            elif paths:
                self._update(paths)
            pause.wait(interval)

    def _update(self, paths: Sequence[str]) -> None:
        """Let the sites that are made from these files be made again."""
        if any(path.endswith(("pyproject.toml", "conf.py", "docfx.json")) for path in paths):
            self._restart()
            return
        source = str(self._project.source)
        is_article = any(path.startswith(source) for path in paths)
        for tag, worker in self._workers.items():
            articles = articles_of(self._project, tag, paths)
            if not articles and not is_article:
                continue
            try:
                answer = worker.update(articles)
            except UsageError:
                self._restart()  # it leaves out what cannot be read
                return
            if answer.messages.strip():
                self._say(answer.messages.rstrip())
            self._changes.add([f"/{tag}/{page}" for page in answer.pages])
            for page in answer.pages:
                self._say(f"{tag}: {page}")

    def _restart(self) -> None:
        """Build all anew, for the settings changed; while they are wrong, say so and show all."""
        try:
            project = open_project(self._project.root)
        except BitextError as error:
            self._say(str(error))
            return
        tags = list(self._workers)
        self.end()
        self._project = project
        run_build(self._project, tags, options=self._how)
        self._start(tags)
        self._changes.add(["*"])
