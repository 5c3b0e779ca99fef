// Applications of Java and Python, of Debian.

import { type Application, no, open, yes, yesIfProven } from "../application.ts";

const SERVER_XML = `<?xml version="1.0" encoding="UTF-8"?>
<Server port="-1">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1" />
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" workDir="/tmp/work" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.AccessLogValve" directory="/dev" prefix="stdout" suffix=""
               rotatable="false" buffered="false" pattern="common" />
      </Host>
    </Engine>
  </Service>
</Server>
`;
const LOGGING = `handlers = java.util.logging.ConsoleHandler
.handlers = java.util.logging.ConsoleHandler
java.util.logging.ConsoleHandler.level = INFO
`;

const WSGI = `def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello\\n"]
`;
const ASGI = `async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"hello\\n"})
`;
const WSGI_WITH_MODULE = `import greeting


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [greeting.TEXT]
`;

export const runtimes: readonly Application[] = [
  {
    name: "tomcat-debian",
    about: "Tomcat as Debian packages it, its directories its own",
    recipe: {
      debian: ["tomcat10"],
      setUp: "chown -R 10001:10001 /etc/tomcat10 /var/lib/tomcat10 /var/log/tomcat10 /var/cache/tomcat10",
      user: "10001:10001",
      environment: {
        CATALINA_HOME: "/usr/share/tomcat10",
        CATALINA_BASE: "/var/lib/tomcat10",
        CATALINA_TMPDIR: "/tmp",
      },
      command: ["/usr/share/tomcat10/bin/catalina.sh", "run"],
      ports: [8080],
    },
    ready: 60,
    expect: {
      "read-only-root": no(
        "GET / is the same 200 on both roots, but on the writable one it writes below /etc/tomcat10, /var/cache/tomcat10 and /var/log/tomcat10.",
      ),
      "stdout-logs": no(
        "/var/log/tomcat10/catalina.DATE.log grows, and localhost_access_log.DATE.txt with each request.",
      ),
      "no-baked-state": yes("Logs and an empty cache."),
      "bind-all": yes("[::]:8080 answers on the pod's address."),
      stateless: yes("Ends 0.1 s after SIGTERM with 143; starts again after kill -9."),
    },
  },
  {
    name: "tomcat",
    about: "Tomcat that logs to the console and works in /tmp",
    recipe: {
      debian: ["tomcat10"],
      files: {
        "/opt/base/conf/server.xml": SERVER_XML,
        "/opt/base/conf/logging.properties": LOGGING,
        "/opt/base/webapps/ROOT/index.html": "hello\n",
      },
      setUp: "install -m 644 /etc/tomcat10/web.xml /opt/base/conf/ && rm -rf /var/log/tomcat10/*",
      user: "10001:10001",
      environment: {
        CATALINA_HOME: "/usr/share/tomcat10",
        CATALINA_BASE: "/opt/base",
        CATALINA_TMPDIR: "/tmp",
      },
      command: ["/usr/share/tomcat10/bin/catalina.sh", "run"],
      ports: [8080],
    },
    ready: 60,
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; it makes two directories in /tmp."),
      "stdout-logs": yes("A line on stdout for each request, its own messages on stderr; no file grows."),
      "no-baked-state": yes("Empty directories in /tmp."),
      "bind-all": yes("[::]:8080 answers on the pod's address."),
      stateless: yes("Ends 0.3 s after SIGTERM with 143; starts again after kill -9."),
    },
  },
  {
    name: "gunicorn",
    about: "a WSGI application under Gunicorn, with an access log on stdout",
    recipe: {
      debian: ["gunicorn"],
      files: { "/app/web.py": WSGI },
      directory: "/app",
      user: "10001:10001",
      command: ["gunicorn", "--bind", "0.0.0.0:8000", "--access-logfile", "-", "web:app"],
      ports: [8000],
    },
    expect: {
      "read-only-root": yes(
        "GET / is the same 200 on both roots; what it writes is an unlinked heartbeat in /tmp.",
      ),
      "stdout-logs": yes(
        "A line on stdout for each request; the unlinked file in /tmp is a heartbeat, without a byte.",
      ),
      "no-baked-state": yes("An empty, unlinked file in /tmp."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      stateless: yes("Ends 0.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "gunicorn-quiet",
    about: "the same without an access log, as Gunicorn's defaults are",
    recipe: {
      debian: ["gunicorn"],
      files: { "/app/web.py": WSGI },
      directory: "/app",
      user: "10001:10001",
      command: ["gunicorn", "--bind", "0.0.0.0:8000", "web:app"],
      ports: [8000],
    },
    expect: {
      "read-only-root": yes(
        "GET / is the same 200 on both roots; what it writes is an unlinked heartbeat in /tmp.",
      ),
      "stdout-logs": open("It says its start and nothing of a request: nothing grows with the work."),
      "no-baked-state": yes("An empty, unlinked file in /tmp."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      stateless: yes("Ends 0.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "gunicorn-owned",
    about: "an application in a directory of its own user, where Python keeps bytecode",
    recipe: {
      debian: ["gunicorn"],
      files: { "/app/web.py": WSGI_WITH_MODULE, "/app/greeting.py": 'TEXT = b"hello\\n"\n' },
      setUp: "chown -R 10001:10001 /app",
      directory: "/app",
      user: "10001:10001",
      command: ["gunicorn", "--bind", "0.0.0.0:8000", "--access-logfile", "-", "web:app"],
      ports: [8000],
    },
    expect: {
      "read-only-root": no("On the writable root it writes /app/__pycache__, which is its own."),
      "stdout-logs": yes(
        "A line on stdout for each request; the unlinked file in /tmp is a heartbeat, without a byte.",
      ),
      "no-baked-state": yes("Bytecode is a cache, made again from the source."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      stateless: yes("Ends 0.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "uvicorn",
    about: "an ASGI application under Uvicorn",
    recipe: {
      debian: ["uvicorn"],
      files: { "/app/web.py": ASGI },
      directory: "/app",
      user: "10001:10001",
      command: ["uvicorn", "--host", "0.0.0.0", "--port", "8000", "web:app"],
      ports: [8000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      stateless: yes("Ends 0.6 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "uvicorn-local",
    about: "the same on Uvicorn's default address",
    recipe: {
      debian: ["uvicorn"],
      files: { "/app/web.py": ASGI },
      directory: "/app",
      user: "10001:10001",
      command: ["uvicorn", "web:app"],
      ports: [8000],
    },
    expect: {
      "read-only-root": yesIfProven(
        "On 127.0.0.1 GET / is the same 200 on both roots, and nothing is written; the pod's address answers none.",
      ),
      "stdout-logs": yesIfProven("On 127.0.0.1 each request is a line on stdout."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": no("127.0.0.1:8000 alone: the pod's address refuses."),
      stateless: yesIfProven("Ends 0.6 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
];
