// Databases, caches and brokers, the subject of the trial.

import { type Application, no, open, type Recipe, yes, yesIfProven } from "../application.ts";

const DATA = "mkdir /data && chown 10001:10001 /data";
const OWN = { user: "10001:10001" } as const;

const MARIADB_START = `#!/bin/sh
set -e
if [ ! -d /data/mysql ]; then
  mariadb-install-db --datadir=/data --auth-root-authentication-method=normal --skip-test-db
fi
exec mariadbd --datadir=/data --socket=/tmp/mariadb.sock --pid-file=/tmp/mariadb.pid --bind-address=0.0.0.0
`;

const VALKEY = ["valkey-server", "--bind", "0.0.0.0", "--protected-mode", "no"];
const VALKEY_CACHE = [...VALKEY, "--save", "", "--loglevel", "verbose"];

const NATS = ["nats-server", "--addr", "0.0.0.0", "--port", "4222", "--http_port", "8222"];

const INFLUX = `reporting-disabled = true
[meta]
  dir = "/data/meta"
[data]
  dir = "/data/data"
  wal-dir = "/data/wal"
[http]
  bind-address = ":8086"
  log-enabled = true
`;

const VICTORIA: Recipe = {
  debian: ["victoria-metrics"],
  setUp: DATA,
  ...OWN,
  command: ["victoria-metrics", "-storageDataPath=/data", "-httpListenAddr=:8428"],
  ports: [8428],
};

const ALERTMANAGER = `route:
  receiver: none
receivers:
  - name: none
`;

const MATCHER = '"matchers":[{"name":"job","value":"app","isRegex":false}]';
const SILENCED = `{${MATCHER},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z","createdBy":"x","comment":"x"}`;
/** Alertmanager keeps nothing before somebody asks for a silence. */
const SILENCE = `POST /api/v2/silences HTTP/1.1\r\nHost: app.example\r\nContent-Type: application/json\r\nContent-Length: ${SILENCED.length}\r\nConnection: close\r\n\r\n${SILENCED}`;

const PGBOUNCER = `[databases]
* = host=db.internal port=5432
[pgbouncer]
listen_addr = 0.0.0.0
listen_port = 6432
auth_type = any
auth_file = /etc/pgbouncer/userlist.txt
unix_socket_dir =
log_connections = 1
`;

export const databases: readonly Application[] = [
  {
    name: "mariadb",
    about: "MariaDB, whose entrypoint makes its tables at the first start",
    recipe: {
      debian: ["mariadb-server"],
      files: { "/usr/local/bin/start": { content: MARIADB_START, mode: 0o755 } },
      setUp: `rm -rf /var/lib/mysql/*; ${DATA}; echo 'app:x:10001:10001::/tmp:/bin/sh' >> /etc/passwd`,
      ...OWN,
      command: ["start"],
      ports: [3306],
    },
    ready: 60,
    expect: {
      "read-only-root": no(
        "mariadb-install-db ends with 1 on the read-only root (EROFS), and fills /data on the writable one.",
      ),
      "stdout-logs": yesIfProven(
        "A warning on stderr for each connection that breaks off; aria_log and ib_logfile0 are journals of the database, and no logs.",
      ),
      "no-baked-state": no("/data/ibdata1, /data/mysql and more are kept, and read at the next start."),
      "bind-all": yes("On the writable root 0.0.0.0:3306 greets on the pod's address."),
      stateless: no("The tables in /data are state."),
    },
  },
  {
    name: "valkey-replicas",
    about: "two Valkeys with their defaults, their data in emptyDirs",
    recipe: {
      debian: ["valkey-server"],
      setUp: DATA,
      ...OWN,
      command: [...VALKEY, "--dir", "/data"],
      ports: [6379],
    },
    pod: { replicas: 2, emptyDirs: ["/data"], port: 6379, health: { tcp: true } },
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and it takes connections; what it writes is in the emptyDir.",
      ),
      "stdout-logs": yesIfProven("It says on stdout what does not speak its protocol; no file is a log."),
      "bind-all": yes("0.0.0.0:6379 takes connections on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: no(
        "SIGTERM makes it write /data/dump.rdb, which the next start reads: each of two replicas has its own.",
      ),
    },
  },
  {
    name: "valkey-cache",
    about: "Valkey that saves nothing and says each connection",
    recipe: { debian: ["valkey-server"], ...OWN, command: VALKEY_CACHE, ports: [6379] },
    pod: { replicas: 2, emptyDirs: [], port: 6379, health: { tcp: true } },
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and it takes connections; nothing is written.",
      ),
      "stdout-logs": yesIfProven('"Accepted" on stdout for each connection; nothing is written.'),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:6379 takes connections on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: yesIfProven("Ends 0.1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "memcached-verbose",
    about: "memcached that says each connection",
    recipe: {
      debian: ["memcached"],
      ...OWN,
      command: ["memcached", "-l", "0.0.0.0", "-U", "0", "-vv"],
      ports: [11_211],
    },
    pod: { replicas: 2, emptyDirs: [], port: 11_211, health: { tcp: true } },
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and it takes connections; nothing is written.",
      ),
      "stdout-logs": yesIfProven("Three lines on stderr for each connection; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:11211 takes connections on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: yesIfProven("Ends 0.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "nats",
    about: "NATS without JetStream, and its monitoring",
    recipe: { debian: ["nats-server"], ...OWN, command: [...NATS, "-D"], ports: [4222, 8222] },
    pod: { replicas: 2, emptyDirs: [], port: 8222, health: "/healthz" },
    paths: ["/healthz"],
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / and /healthz are the same 200 on both roots, and nothing is written.",
      ),
      "stdout-logs": yesIfProven(
        "Lines on stderr for each connection to 4222, none for a request to its monitoring; nothing is written.",
      ),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("[::]:4222 and [::]:8222 answer on the pod's address."),
      health: yes("/healthz is the 200 that both probes ask for."),
      stateless: yes("Ends 0.1 s after SIGTERM with 1; starts again after kill -9."),
    },
  },
  {
    name: "influxdb",
    about: "InfluxDB, its data on the root",
    recipe: {
      debian: ["influxdb"],
      files: { "/etc/influxdb/own.conf": INFLUX },
      setUp: DATA,
      ...OWN,
      command: ["influxd", "run", "-config", "/etc/influxdb/own.conf"],
      ports: [8086],
    },
    paths: ["/ping", "/query?q=CREATE%20DATABASE%20app"],
    expect: {
      "read-only-root": no(
        "mkdir /data/meta is refused (EROFS), and it ends with 1; on the writable root it writes /data/meta/meta.db.",
      ),
      "stdout-logs": yesIfProven(
        "On the writable root, a line on stderr for each request; no file is a log.",
      ),
      "no-baked-state": no("/data/meta/meta.db is kept, and read at the next start."),
      "bind-all": yes(
        "On the writable root [::]:8086 answers on the pod's address; 127.0.0.1:8088 beside it is for its backups.",
      ),
      stateless: no("/data/meta/meta.db is state."),
    },
  },
  {
    name: "victoria-metrics",
    about: "VictoriaMetrics, its data on the root",
    recipe: VICTORIA,
    paths: ["/health"],
    expect: {
      "read-only-root": no(
        "It panics with 2 on the read-only root, and writes /data/indexdb and more on the writable one.",
      ),
      "stdout-logs": yesIfProven(
        "It says on stderr each request that it refuses (asked again for a path that is not there), and none that it answers; no file is a log.",
      ),
      "no-baked-state": no(
        "/data/indexdb is kept, /data/cache is written at SIGTERM, and both are read at the next start.",
      ),
      "bind-all": yes("On the writable root 0.0.0.0:8428 answers on the pod's address."),
      stateless: no("/data/indexdb and /data/cache are state."),
    },
  },
  {
    name: "victoria-metrics-replicas",
    about: "two VictoriaMetrics, their data in emptyDirs",
    recipe: VICTORIA,
    pod: { replicas: 2, emptyDirs: ["/data"], port: 8428, health: "/health" },
    paths: ["/health"],
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / and /health are the same 200 on both roots, and /data is an emptyDir.",
      ),
      "stdout-logs": yesIfProven(
        "It says on stderr each request that it refuses (asked again for a path that is not there), and none that it answers; no file is a log.",
      ),
      "bind-all": yes("0.0.0.0:8428 answers on the pod's address."),
      health: yes("/health is the 200 that both probes ask for."),
      stateless: no(
        "/data/indexdb is kept in the emptyDir, /data/cache is written at SIGTERM, and both are read at the next start: each of two replicas has its own.",
      ),
    },
  },
  {
    name: "alertmanager",
    about: "two Alertmanagers, whose silences are written when they stop",
    recipe: {
      debian: ["prometheus-alertmanager"],
      files: { "/etc/alertmanager.yml": ALERTMANAGER },
      setUp: DATA,
      ...OWN,
      command: [
        "prometheus-alertmanager",
        "--config.file=/etc/alertmanager.yml",
        "--storage.path=/data",
        "--cluster.listen-address=",
      ],
      ports: [9093],
    },
    pod: { replicas: 2, emptyDirs: ["/data"], port: 9093, health: "/-/healthy" },
    requests: [{ port: 9093, send: SILENCE, expect: "silenceID" }],
    paths: ["/-/healthy"],
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / and /-/healthy are the same 200 on both roots, and /data is an emptyDir.",
      ),
      "stdout-logs": open("It says nothing of requests: nothing grows with the work."),
      "bind-all": yes("[::]:9093 answers on the pod's address."),
      health: yes("/-/healthy is the 200 that both probes ask for."),
      stateless: no(
        "A silence is in /data/silences once SIGTERM has made it write that, and the next start reads it: each of two replicas has its own.",
      ),
    },
  },
  {
    name: "rabbitmq",
    about: "RabbitMQ, whose tables and logs are below /var",
    recipe: {
      debian: ["rabbitmq-server"],
      setUp:
        "chown -R 10001:10001 /var/lib/rabbitmq /var/log/rabbitmq; echo 'app:x:10001:10001::/var/lib/rabbitmq:/bin/sh' >> /etc/passwd",
      ...OWN,
      command: ["/usr/lib/rabbitmq/bin/rabbitmq-server"],
      ports: [5672],
    },
    ready: 90,
    settle: 10,
    expect: {
      "read-only-root": no(
        '"failed to open log file" (EROFS), and it ends with 1 on the read-only root; on the writable one it fills /var/lib/rabbitmq/mnesia.',
      ),
      "stdout-logs": no(
        "/var/log/rabbitmq/rabbit@….log grows, and it does not boot where it cannot be opened.",
      ),
      "no-baked-state": no("/var/lib/rabbitmq/mnesia is kept, and read at the next start."),
      "bind-all": yes("On the writable root [::]:5672 takes connections on the pod's address."),
      stateless: no("The tables in /var/lib/rabbitmq/mnesia are state."),
    },
  },
  {
    name: "pgbouncer",
    about: "PgBouncer that logs connections; its database is not there",
    recipe: {
      debian: ["pgbouncer"],
      files: { "/etc/pgbouncer/own.ini": PGBOUNCER, "/etc/pgbouncer/userlist.txt": "" },
      setUp: "rm -rf /var/log/postgresql",
      ...OWN,
      command: ["pgbouncer", "/etc/pgbouncer/own.ini"],
      ports: [6432],
    },
    expect: {
      "read-only-root": open(
        "It waits in silence for its own protocol: no request is answered. (It writes nothing on either root.)",
      ),
      "stdout-logs": open("It says its start alone: nothing grows with the work."),
      "no-baked-state": open("It waits in silence: no request is answered. (Nothing is written.)"),
      "bind-all": yes("0.0.0.0:6432 takes connections on the pod's address."),
      stateless: yesIfProven("Ends 0.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
];
