// Servers of Python, of Debian.

import { type Application, no, open, yes } from "../application.ts";
import { PYTHON } from "./languages.ts";

const OWN = { user: "10001:10001", directory: "/app" } as const;
const QUIET = { PYTHONDONTWRITEBYTECODE: "1" } as const;

const FLASK = `from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return "hello\\n"


@app.get("/healthz")
def healthz():
    return "ok\\n"
`;

const FASTAPI = `from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def hello():
    return {"hello": "world"}


@app.get("/healthz")
async def healthz():
    return {"status": "ok"}
`;

function django(database: string): string {
  return `import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY=os.environ.get("SECRET_KEY", "x"),
    ROOT_URLCONF=__name__,
    DEBUG=False,
    DATABASES=${database},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
)


def hello(request):
    ${database === "{}" ? "" : 'request.session["seen"] = True\n    '}return HttpResponse("hello\\n")


urlpatterns = [path("", hello), path("healthz", lambda request: HttpResponse("ok\\n"))]
application = get_wsgi_application()

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`;
}

const SQLITE = '{"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/app/data/db.sqlite3"}}';

const AIOHTTP = `import logging

from aiohttp import web

logging.basicConfig(level=logging.INFO)


async def hello(request):
    return web.Response(text="hello\\n")


app = web.Application()
app.router.add_get("/", hello)
app.router.add_get("/healthz", hello)
web.run_app(app, host="0.0.0.0", port=8080)
`;

const TORNADO = `import asyncio
import signal

import tornado.log
import tornado.web


class Hello(tornado.web.RequestHandler):
    def get(self):
        self.write("hello\\n")


async def main():
    tornado.log.enable_pretty_logging()
    tornado.log.access_log.setLevel("INFO")
    server = tornado.web.Application([("/", Hello), ("/healthz", Hello)]).listen(8080)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    server.stop()


asyncio.run(main())
`;

const WSGI = `def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello\\n"]
`;

export const pythonServers: readonly Application[] = [
  {
    name: "waitress",
    about: "a Flask application under Waitress, which says nothing of requests",
    recipe: {
      debian: PYTHON,
      files: { "/app/web.py": FLASK },
      ...OWN,
      command: ["waitress-serve", "--listen=0.0.0.0:8080", "web:app"],
      ports: [8080],
    },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 8080, health: "/healthz" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": open("It says its start and nothing of a request: nothing grows with the work."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: no(
        "It sets no handler, and the kernel spares a PID 1 without one: it is still there 30 s after SIGTERM.",
      ),
    },
  },
  {
    name: "flask-run",
    about: "a Flask application by `flask run`",
    recipe: {
      debian: PYTHON,
      files: { "/app/web.py": FLASK },
      ...OWN,
      command: ["flask", "--app", "web", "run", "--host", "0.0.0.0", "--port", "8080"],
      ports: [8080],
    },
    paths: ["/healthz"],
    expect: {
      "read-only-root": yes("GET / and /healthz are the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: no(
        "It sets no handler, and the kernel spares a PID 1 without one: it is still there 30 s after SIGTERM.",
      ),
    },
  },
  {
    name: "django",
    about: "a Django application without a database, under Gunicorn",
    recipe: {
      debian: PYTHON,
      files: { "/app/web.py": django("{}") },
      ...OWN,
      command: ["gunicorn", "--bind", "0.0.0.0:8000", "--access-logfile", "-", "web"],
      ports: [8000],
    },
    given: { SECRET_KEY: "of-the-trial" },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 8000, health: "/healthz" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots; an unlinked heartbeat in /tmp is all that it writes.",
      ),
      "stdout-logs": yes(
        "A line on stdout for each request; the unlinked file in /tmp is a heartbeat, without a byte.",
      ),
      "no-baked-state": yes("An empty, unlinked file in /tmp."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: yes("Ends 1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "django-sqlite",
    about: "a Django application that keeps its sessions in an SQLite file on an emptyDir",
    recipe: {
      debian: PYTHON,
      files: { "/app/web.py": django(SQLITE) },
      setUp: "mkdir /app/data && chown 10001:10001 /app/data",
      ...OWN,
      environment: QUIET,
      command: [
        "sh",
        "-c",
        "python3 web.py migrate && exec gunicorn --bind 0.0.0.0:8000 --access-logfile - web",
      ],
      ports: [8000],
    },
    given: { SECRET_KEY: "of-the-trial" },
    pod: { replicas: 2, emptyDirs: ["/tmp", "/app/data"], port: 8000, health: "/healthz" },
    ready: 60,
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and /app/data is an emptyDir.",
      ),
      "stdout-logs": yes("A line on stdout for each request; no file is a log."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: no(
        "/app/data/db.sqlite3 holds the sessions, is kept and read after the restart: each of two replicas has its own.",
      ),
    },
  },
  {
    name: "fastapi",
    about: "a FastAPI application under Uvicorn",
    recipe: {
      debian: PYTHON,
      files: { "/app/web.py": FASTAPI },
      ...OWN,
      command: ["uvicorn", "--host", "0.0.0.0", "--port", "8000", "web:app"],
      ports: [8000],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8000, health: "/healthz" },
    ready: 60,
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stdout for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: yes("Ends 2 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "gunicorn-no-tmp",
    about: "Gunicorn on a read-only root without a /tmp",
    recipe: {
      debian: PYTHON,
      files: { "/app/web.py": WSGI },
      ...OWN,
      command: ["gunicorn", "--bind", "0.0.0.0:8000", "--access-logfile", "-", "web"],
      ports: [8000],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8000, health: "/" },
    expect: {
      "read-only-root": no(
        '"No usable temporary directory found", and it ends on the read-only root that the manifest mounts; on the writable one GET / is 200.',
      ),
    },
  },
  {
    name: "aiohttp",
    about: "an aiohttp application",
    recipe: {
      debian: PYTHON,
      files: { "/app/web.py": AIOHTTP },
      ...OWN,
      command: ["python3", "web.py"],
      ports: [8080],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8080, health: "/healthz" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: yes("Ends 0.5 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "tornado",
    about: "a Tornado application",
    recipe: {
      debian: PYTHON,
      files: { "/app/web.py": TORNADO },
      ...OWN,
      command: ["python3", "web.py"],
      ports: [8080],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8080, health: "/healthz" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 and [::]:8080 answer on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: yes("Ends 0.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "http.server",
    about: "Python's own http.server, which leaves SIGTERM to the kernel",
    recipe: {
      debian: PYTHON,
      files: { "/app/index.html": "hello\n" },
      ...OWN,
      command: ["python3", "-m", "http.server", "8080", "--bind", "0.0.0.0"],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: no(
        "It sets no handler, and the kernel spares a PID 1 without one: it is still there 30 s after SIGTERM.",
      ),
    },
  },
  {
    name: "twisted",
    about: "Twisted's web server in a directory of its own, where it keeps a pid and its log",
    recipe: {
      debian: ["python3-twisted"],
      files: { "/app/index.html": "hello\n" },
      setUp: "chown -R 10001:10001 /app",
      ...OWN,
      command: [
        "twistd3",
        "--nodaemon",
        "--logfile",
        "twistd.log",
        "web",
        "--listen",
        "tcp:8080",
        "--path",
        "/app",
      ],
      ports: [8080],
    },
    expect: {
      "read-only-root": no(
        "/app/twistd.log cannot be opened (EROFS), and it ends with 1; on the writable root it writes it and twistd.pid.",
      ),
      "stdout-logs": no("/app/twistd.log grows with each request, and stdout says nothing."),
      "no-baked-state": yes(
        "A log and a pid are all that it writes; the keys of twisted/conch/test are the package's own, for its tests, and published.",
      ),
      "bind-all": yes("On the writable root 0.0.0.0:8080 answers on the pod's address."),
    },
  },
  {
    name: "uwsgi",
    about: "uWSGI, for which SIGTERM is a reload",
    recipe: {
      debian: ["uwsgi-core", "uwsgi-plugin-python3"],
      files: { "/app/web.py": WSGI },
      ...OWN,
      command: [
        "uwsgi",
        "--plugin",
        "http,python3",
        "--http",
        "0.0.0.0:8080",
        "--wsgi-file",
        "web.py",
        "--master",
      ],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes(
        "0.0.0.0:8080 answers on the pod's address; the port of 127.0.0.1 beside it is for its own workers.",
      ),
      stateless: no("SIGTERM makes it start anew: it is still there 30 s later."),
    },
  },
  {
    name: "uwsgi-die-on-term",
    about: "the same that SIGTERM ends",
    recipe: {
      debian: ["uwsgi-core", "uwsgi-plugin-python3"],
      files: { "/app/web.py": WSGI },
      ...OWN,
      command: [
        "uwsgi",
        "--plugin",
        "http,python3",
        "--http",
        "0.0.0.0:8080",
        "--wsgi-file",
        "web.py",
        "--master",
        "--die-on-term",
      ],
      ports: [8080],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8080, health: "/" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes(
        "0.0.0.0:8080 answers on the pod's address; the port of 127.0.0.1 beside it is for its own workers.",
      ),
      health: yes("/ is the 200 that both probes ask for."),
      stateless: yes("Ends 1.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
];
