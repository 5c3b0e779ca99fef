// Applications that conform but for row 5: where they keep a pid, a cache or a temporary file, and
// that their manifest does not mount the root read-only. Their one remedy has to be enough.

import type { Recipe } from "../application.ts";
import { APACHE as CONFORMING_APACHE } from "./web-servers.ts";

/** An application, and the path of its probes; without one they connect. */
export interface Remedied {
  readonly name: string;
  readonly about: string;
  readonly recipe: Recipe;
  readonly health?: string;
}

const NGINX = `error_log stderr;
worker_processes 1;
events {}
http {
  access_log /dev/stdout;
  server { listen 8080; root /usr/share/nginx/html; }
}
`;

/** The one of the table, but for where it keeps its pid. */
const APACHE = CONFORMING_APACHE.replace("/tmp/apache2.pid", "/var/run/apache2.pid").replace(
  "DefaultRuntimeDir /tmp",
  "DefaultRuntimeDir /run",
);

const LIGHTTPD = `server.port = 8080
server.pid-file = "/run/lighttpd.pid"
server.document-root = "/var/www/html"
server.modules = ("mod_indexfile", "mod_accesslog", "mod_staticfile")
index-file.names = ("index.html")
accesslog.filename = "/dev/stderr"
mimetype.assign = (".html" => "text/html")
`;

const HAPROXY = `global
  log stdout format raw local0
  stats socket /run/haproxy/admin.sock mode 600 level admin
defaults
  mode http
  log global
  option httplog
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend web
  bind :8080
  http-request return status 200 content-type text/plain string "hello"
`;

const SERVER_XML = `<?xml version="1.0" encoding="UTF-8"?>
<Server port="-1">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1" />
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps">
        <Valve className="org.apache.catalina.valves.AccessLogValve" directory="/dev" prefix="stdout" suffix="" rotatable="false" buffered="false" fileDateFormat="" pattern="%h %t &quot;%r&quot; %s %b" />
      </Host>
    </Engine>
  </Service>
</Server>
`;
const LOGGING = `handlers = java.util.logging.ConsoleHandler
java.util.logging.ConsoleHandler.level = INFO
`;

const WSGI = `def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello\\n"]
`;
const WSGI_WITH_MODULE = `import greeting


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [greeting.TEXT]
`;
/** A page that is rendered once, and kept where it is rendered. */
const ASGI = `import pathlib


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    page = pathlib.Path("/srv/pages/cache/hello.txt")
    page.parent.mkdir(exist_ok=True)
    page.write_bytes(b"hello\\n")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": page.read_bytes()})
`;
const CACHING_SERVER = `const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const server = require("node:http").createServer((request, response) => {
  console.log(request.method, request.url);
  try {
    mkdirSync("/app/cache/pages", { recursive: true });
    writeFileSync("/app/cache/pages/hello.html", "<p>hello</p>");
    response.end(readFileSync("/app/cache/pages/hello.html"));
  } catch (error) {
    console.error(error.message);
    response.end("<p>hello</p>");
  }
});
server.listen(3000, "0.0.0.0", () => console.log("listening"));
process.on("SIGTERM", () => process.exit(0));
`;
const PID_SERVER = `const { writeFileSync } = require("node:fs");
writeFileSync("/run/app/server.pid", String(process.pid));
const server = require("node:http").createServer((request, response) => {
  console.log(request.method, request.url);
  response.end("hello");
});
server.listen(3000, "0.0.0.0", () => console.log("listening"));
process.on("SIGTERM", () => process.exit(0));
`;

const HTML = "<!doctype html><title>hello</title><p>hello</p>\n";
const USER = "10001:10001";

/** Applications that need only a Node of this machine. */
export const quicklyMade: readonly Remedied[] = [
  {
    name: "remedied-cache",
    about: "a server that keeps pages in a folder that is not its own",
    recipe: {
      base: "host",
      files: { "/app/server.js": CACHING_SERVER, "/app/cache/.keep": "" },
      user: USER,
      command: ["node", "/app/server.js"],
      ports: [3000],
    },
    health: "/",
  },
  {
    name: "remedied-pid",
    about: "a server that writes its pid into /run/app first",
    recipe: {
      base: "host",
      files: { "/app/server.js": PID_SERVER, "/run/app/.keep": "" },
      user: USER,
      command: ["node", "/app/server.js"],
      ports: [3000],
    },
    health: "/",
  },
];

export const REMEDIED: readonly Remedied[] = [
  ...quicklyMade,
  {
    name: "remedied-nginx",
    about: "nginx with its pid and temporary files where Debian has them, under a numeric USER",
    recipe: {
      debian: ["nginx"],
      files: { "/etc/nginx/nginx.conf": NGINX, "/usr/share/nginx/html/index.html": HTML },
      setUp: "rm -f /var/log/nginx/*",
      user: "33:33",
      command: ["nginx", "-e", "stderr", "-g", "daemon off;"],
      ports: [8080],
    },
    health: "/",
  },
  {
    name: "remedied-apache2",
    about: "Apache with its pid where Debian has it, under a numeric USER",
    recipe: {
      debian: ["apache2"],
      files: { "/etc/apache2/own.conf": APACHE, "/var/www/html/index.html": HTML },
      setUp: "rm -f /var/log/apache2/*",
      user: "33:33",
      command: ["apache2", "-f", "/etc/apache2/own.conf", "-D", "FOREGROUND"],
      ports: [8080],
    },
    health: "/",
  },
  {
    name: "remedied-lighttpd",
    about: "lighttpd with its pid where Debian has it, under a numeric USER",
    recipe: {
      debian: ["lighttpd"],
      files: { "/etc/lighttpd/own.conf": LIGHTTPD, "/var/www/html/index.html": HTML },
      setUp: "rm -f /var/log/lighttpd/*",
      user: "33:33",
      command: ["lighttpd", "-D", "-f", "/etc/lighttpd/own.conf"],
      ports: [8080],
    },
    health: "/",
  },
  {
    name: "remedied-haproxy",
    about: "HAProxy with a socket for its administration",
    recipe: {
      debian: ["haproxy"],
      files: { "/etc/haproxy/own.cfg": HAPROXY },
      setUp: "mkdir -p /run/haproxy && chown 10001:10001 /run/haproxy",
      user: USER,
      command: ["haproxy", "-db", "-f", "/etc/haproxy/own.cfg"],
      ports: [8080],
      stopSignal: "SIGUSR1",
    },
    health: "/",
  },
  {
    name: "remedied-caddy",
    about: "Caddy with a home of its own",
    recipe: {
      debian: ["caddy"],
      files: {
        "/etc/caddy/Caddyfile": "{\n\tadmin off\n}\n:8080 {\n\tlog\n\troot * /srv\n\tfile_server\n}\n",
        "/srv/index.html": HTML,
      },
      setUp: "chown -R 10001:10001 /var/lib/caddy",
      user: USER,
      environment: { HOME: "/var/lib/caddy" },
      command: ["caddy", "run", "--config", "/etc/caddy/Caddyfile"],
      ports: [8080],
    },
    health: "/",
  },
  {
    name: "remedied-tomcat",
    about: "Tomcat with a work directory of its own",
    recipe: {
      debian: ["tomcat10"],
      files: {
        "/opt/base/conf/server.xml": SERVER_XML,
        "/opt/base/conf/logging.properties": LOGGING,
        "/opt/base/webapps/ROOT/index.html": "hello\n",
      },
      setUp:
        "install -m 644 /etc/tomcat10/web.xml /opt/base/conf/ && mkdir /opt/base/work && chown 10001:10001 /opt/base/work && rm -rf /var/log/tomcat10/*",
      user: USER,
      environment: {
        CATALINA_HOME: "/usr/share/tomcat10",
        CATALINA_BASE: "/opt/base",
        CATALINA_TMPDIR: "/tmp",
      },
      command: ["/usr/share/tomcat10/bin/catalina.sh", "run"],
      ports: [8080],
    },
    health: "/",
  },
  {
    name: "remedied-gunicorn",
    about: "Gunicorn with a pid file",
    recipe: {
      debian: ["gunicorn"],
      files: { "/srv/web.py": WSGI },
      directory: "/srv",
      user: USER,
      command: [
        "gunicorn",
        "--pid",
        "/run/web.pid",
        "--bind",
        "0.0.0.0:8000",
        "--access-logfile",
        "-",
        "web:app",
      ],
      ports: [8000],
    },
    health: "/",
  },
  {
    name: "remedied-bytecode",
    about: "an application in a directory of its own user, where Python keeps bytecode",
    recipe: {
      debian: ["gunicorn"],
      files: { "/app/web.py": WSGI_WITH_MODULE, "/app/greeting.py": 'TEXT = b"hello\\n"\n' },
      setUp: "chown -R 10001:10001 /app",
      directory: "/app",
      user: USER,
      command: ["gunicorn", "--bind", "0.0.0.0:8000", "--access-logfile", "-", "web:app"],
      ports: [8000],
    },
    health: "/",
  },
  {
    name: "remedied-uvicorn",
    about: "an ASGI application that renders into a folder that it makes",
    recipe: {
      debian: ["uvicorn"],
      files: { "/srv/web.py": ASGI },
      setUp: "mkdir /srv/pages && chown 10001:10001 /srv/pages",
      directory: "/srv",
      user: USER,
      command: ["uvicorn", "--host", "0.0.0.0", "web:app"],
      ports: [8000],
    },
    health: "/",
  },
];
