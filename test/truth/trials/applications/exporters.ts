// Exporters of Prometheus, and servers that need long or much to start.

import { type Application, no, open, yes, yesIfProven } from "../application.ts";
import { PYTHON } from "./languages.ts";
import { POSTGRES } from "./stores.ts";

const OWN = { user: "10001:10001" } as const;

const BLACKBOX = `modules:
  http_2xx:
    prober: http
`;

const SLOW = `import http.server
import signal
import sys
import time

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("loading", flush=True)
time.sleep(40)


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello\\n")


print("ready", flush=True)
http.server.ThreadingHTTPServer(("0.0.0.0", 8080), Handler).serve_forever()
`;

const HUNGRY = `import http.server
import signal
import sys

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
model = bytearray(1536 * 1024 * 1024)
for page in range(0, len(model), 4096):
    model[page] = 1


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"%d bytes\\n" % len(model))


print("ready", flush=True)
http.server.ThreadingHTTPServer(("0.0.0.0", 8080), Handler).serve_forever()
`;

export const exporters: readonly Application[] = [
  {
    name: "node-exporter",
    about: "Prometheus' exporter of the machine",
    recipe: {
      debian: ["prometheus-node-exporter"],
      ...OWN,
      command: ["prometheus-node-exporter", "--web.listen-address=:9100"],
      ports: [9100],
    },
    pod: { replicas: 1, emptyDirs: [], port: 9100, health: "/" },
    paths: ["/metrics"],
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200, and /metrics a 200 of other figures, on both roots; nothing is written.",
      ),
      "stdout-logs": yesIfProven(
        "Lines on stderr for each scrape, of what it cannot collect; nothing is written.",
      ),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("[::]:9100 answers on the pod's address."),
      health: yes("/ is the 200 that both probes ask for."),
      stateless: yes("Ends 0.1 s after SIGTERM with 2; starts again after kill -9."),
    },
  },
  {
    name: "blackbox-exporter",
    about: "the exporter that asks others, at its most talkative",
    recipe: {
      debian: ["prometheus-blackbox-exporter"],
      files: { "/etc/own.yml": BLACKBOX },
      ...OWN,
      command: ["prometheus-blackbox-exporter", "--config.file=/etc/own.yml", "--log.level=debug"],
      ports: [9115],
    },
    pod: { replicas: 2, emptyDirs: [], port: 9115, health: "/-/healthy" },
    paths: ["/-/healthy", "/metrics"],
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / and /-/healthy are the same 200, and /metrics a 200 of other figures, on both roots; nothing is written.",
      ),
      "stdout-logs": open("It says nothing of requests: nothing grows with the work."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("[::]:9115 answers on the pod's address."),
      health: yes("/-/healthy is the 200 that both probes ask for."),
      stateless: yes("Ends 0.2 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "pushgateway",
    about: "the Pushgateway that keeps nothing on disk",
    recipe: {
      debian: ["prometheus-pushgateway"],
      ...OWN,
      command: ["prometheus-pushgateway", "--web.listen-address=:9091", "--log.level=debug"],
      ports: [9091],
    },
    pod: { replicas: 2, emptyDirs: [], port: 9091, health: "/-/healthy" },
    paths: ["/-/healthy"],
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is a 200 that tells its start, and /-/healthy the same 200, on both roots; nothing is written.",
      ),
      "stdout-logs": open("It says nothing of requests: nothing grows with the work."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("[::]:9091 answers on the pod's address."),
      health: yes("/-/healthy is the 200 that both probes ask for."),
      stateless: yes("Ends 0.2 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "slow-start",
    about: "a server that loads for 40 s, and whose startup probe allows for it",
    recipe: {
      debian: PYTHON,
      files: { "/app/server.py": SLOW },
      ...OWN,
      command: ["python3", "/app/server.py"],
      ports: [8080],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8080, health: "/", startup: 120 },
    ready: 90,
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots after 41 to 52 s, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address once it is loaded."),
      health: yes("/ is the 200 that the probes ask for, and the startup probe waits for it."),
      stateless: yes("Ends 0.2 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "hungry",
    about: "a server that holds 1.5 GB of memory, as its manifest says",
    recipe: {
      debian: PYTHON,
      files: { "/app/server.py": HUNGRY },
      ...OWN,
      command: ["python3", "/app/server.py"],
      ports: [8080],
    },
    pod: { replicas: 1, emptyDirs: [], port: 8080, health: "/", memory: "2Gi" },
    ready: 60,
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stderr for each request; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address once its 1.5 GB are filled."),
      health: yes("/ is the 200 that both probes ask for."),
      stateless: yes("Ends 1.8 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "postgres-exporter",
    about: "the exporter of PostgreSQL beside its database",
    recipe: {
      debian: ["prometheus-postgres-exporter"],
      ...OWN,
      command: ["prometheus-postgres-exporter"],
      ports: [9187],
    },
    given: { DATA_SOURCE_NAME: "postgresql://app@db.internal:5432/postgres?sslmode=disable" },
    dependency: { name: "db.internal", recipe: POSTGRES, port: 5432 },
    paths: ["/metrics"],
    expect: {
      "read-only-root": yes(
        "GET / is the same 200, and /metrics a 200 of other figures, on both roots; nothing is written.",
      ),
      "stdout-logs": yesIfProven("It says its connections to the database on stderr; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("[::]:9187 answers on the pod's address."),
      stateless: yes("Ends 0.1 s after SIGTERM with 2; starts again after kill -9 beside the same database."),
    },
  },
  {
    name: "nginx-exporter",
    about: "the exporter of an nginx that is not there",
    recipe: {
      debian: ["prometheus-nginx-exporter"],
      ...OWN,
      command: ["prometheus-nginx-exporter", "--nginx.scrape-uri=http://web.internal:8080/status"],
      ports: [9113],
    },
    paths: ["/metrics"],
    expect: {
      "read-only-root": yesIfProven(
        "GET / is the same 200 on both roots, and nothing is written; /metrics waits for an nginx that is not there.",
      ),
      "stdout-logs": yesIfProven("It says on stderr each scrape that fails; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("[::]:9113 answers on the pod's address."),
      stateless: yesIfProven("Ends 0.2 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "zookeeper",
    about: "ZooKeeper, its data on the root",
    recipe: {
      debian: ["zookeeper"],
      files: {
        "/etc/own.cfg":
          "tickTime=2000\ndataDir=/data\nclientPort=2181\nadmin.enableServer=false\n4lw.commands.whitelist=*\n",
      },
      setUp: "mkdir /data && chown 10001:10001 /data",
      ...OWN,
      command: [
        "java",
        "-cp",
        "/etc/zookeeper/conf:/usr/share/java/zookeeper.jar:/usr/share/java/*",
        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
        "/etc/own.cfg",
      ],
      ports: [2181],
    },
    requests: [{ port: 2181, send: "ruok", expect: "imok" }],
    ready: 60,
    expect: {
      "read-only-root": no(
        '"Unable to access datadir", and it ends with 3 on the read-only root; on the writable one it writes /data/version-2.',
      ),
      "stdout-logs": open("It says nothing of connections: nothing grows with the work."),
      "no-baked-state": no("/data/version-2/snapshot.0 is kept, and read at the next start."),
      "bind-all": yes("On the writable root [::]:2181 takes connections on the pod's address."),
      stateless: no("/data/version-2 is state."),
    },
  },
];
