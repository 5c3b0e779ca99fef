// Databases, queues and other stores of data, from Debian.

import { type Application, no, open, type Recipe, yes, yesIfProven } from "../application.ts";

const DATA = "mkdir /data && chown 10001:10001 /data";

const ETCD = [
  "etcd",
  "--data-dir=/data",
  "--listen-client-urls=http://0.0.0.0:2379",
  "--advertise-client-urls=http://0.0.0.0:2379",
];
const PROMETHEUS = [
  "prometheus",
  "--config.file=/etc/prometheus/own.yml",
  "--storage.tsdb.path=/data",
  "--web.listen-address=:9090",
];
const PROMETHEUS_SCRAPES = `global:
  scrape_interval: 1s
scrape_configs:
  - job_name: prometheus
    static_configs:
      - targets: ["localhost:9090"]
`;

const MOSQUITTO = `listener 1883 0.0.0.0
allow_anonymous true
persistence false
log_dest stdout
connection_messages true
`;

const POSTGRES_START = `#!/bin/sh
set -e
export PATH="/usr/lib/postgresql/17/bin:$PATH"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --auth=trust --username=app
  echo 'host all all all trust' >> "$PGDATA/pg_hba.conf"
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp
`;

export const POSTGRES: Recipe = {
  debian: ["postgresql-common"],
  files: { "/usr/local/bin/start": { content: POSTGRES_START, mode: 0o755 } },
  setUp: `sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
apt-get update --quiet --quiet
apt-get install --yes --quiet --quiet --no-install-recommends postgresql-17
${DATA}; chmod 700 /data; echo 'app:x:10001:10001::/tmp:/bin/sh' >> /etc/passwd`,
  user: "10001:10001",
  environment: { PGDATA: "/data" },
  command: ["start"],
  ports: [5432],
};

export const stores: readonly Application[] = [
  {
    name: "redis",
    about: "Redis with its defaults",
    recipe: {
      debian: ["redis-server"],
      setUp: DATA,
      user: "10001:10001",
      command: ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no", "--dir", "/data"],
      ports: [6379],
    },
    expect: {
      "read-only-root": no(
        "SIGTERM makes it write /data/dump.rdb on the root; on a read-only root it cannot, and does not end.",
      ),
      "stdout-logs": open("It speaks no HTTP: no request is answered. (It logs connections on stdout.)"),
      "no-baked-state": no("/data/dump.rdb is written at the stop, and read at the next start."),
      "bind-all": yes("0.0.0.0:6379 takes connections on the pod's address."),
      stateless: no(
        'On the read-only root "Error trying to save the DB, can\'t exit": it is still there 30 s after SIGTERM; and dump.rdb is state.',
      ),
    },
  },
  {
    name: "redis-cache",
    about: "Redis that saves nothing",
    recipe: {
      debian: ["redis-server"],
      user: "10001:10001",
      command: ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", ""],
      ports: [6379],
    },
    expect: {
      "read-only-root": yesIfProven(
        "It answers PING with +PONG and a word that it does not know with -ERR, alike on both roots, and writes nothing on either.",
      ),
      "stdout-logs": open("It says its start on stdout, and nothing of what it is asked."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:6379 takes connections on the pod's address."),
      stateless: yesIfProven("Ends 86 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "etcd",
    about: "etcd of one member, its data on the root",
    recipe: { debian: ["etcd-server"], setUp: DATA, user: "10001:10001", command: ETCD, ports: [2379] },
    paths: ["/health", "/version"],
    expect: {
      "read-only-root": no(
        "It ends with 1 on the read-only root, and writes /data/member on the writable one.",
      ),
      "stdout-logs": open("It says nothing of requests: nothing grows with the work."),
      "no-baked-state": no(
        "/data/member (a bbolt database and a write-ahead log) is kept, and read at the next start.",
      ),
      "bind-all": yes(
        "On the writable root [::]:2379 answers on the pod's address; 127.0.0.1:2380 beside it is for its peers.",
      ),
      stateless: no("/data/member is state."),
    },
  },
  {
    name: "etcd-replicas",
    about: "two etcds of one member each, their data in emptyDirs",
    recipe: { debian: ["etcd-server"], setUp: DATA, user: "10001:10001", command: ETCD, ports: [2379] },
    pod: { replicas: 2, emptyDirs: ["/data", "/tmp"], port: 2379, health: "/health" },
    paths: ["/health", "/version"],
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 404 and /health the same 200 on both roots, and /data is an emptyDir.",
      ),
      "stdout-logs": open("It says nothing of requests: nothing grows with the work."),
      "bind-all": yes("[::]:2379 answers on the pod's address."),
      health: yes("/health is the 200 that both probes ask for."),
      stateless: no(
        "/data/member is kept in the emptyDir and read after the restart: each of two replicas has its own.",
      ),
    },
  },
  {
    name: "prometheus",
    about: "Prometheus, its data on the root",
    recipe: {
      debian: ["prometheus"],
      files: { "/etc/prometheus/own.yml": PROMETHEUS_SCRAPES },
      setUp: DATA,
      user: "10001:10001",
      command: PROMETHEUS,
      ports: [9090],
    },
    paths: ["/-/healthy"],
    expect: {
      "read-only-root": no(
        "It ends with 2 on the read-only root, and writes /data/wal and more on the writable one.",
      ),
      "stdout-logs": open("It says nothing of requests: nothing grows with the work."),
      "no-baked-state": no("/data/wal grows, is kept, and is read at the next start."),
      "bind-all": yes("On the writable root [::]:9090 answers on the pod's address."),
      stateless: no("/data/wal is state."),
    },
  },
  {
    name: "prometheus-replicas",
    about: "two Prometheus, their data in emptyDirs",
    recipe: {
      debian: ["prometheus"],
      files: { "/etc/prometheus/own.yml": PROMETHEUS_SCRAPES },
      setUp: DATA,
      user: "10001:10001",
      command: PROMETHEUS,
      ports: [9090],
    },
    pod: { replicas: 2, emptyDirs: ["/data", "/tmp"], port: 9090, health: "/-/healthy" },
    paths: ["/-/healthy"],
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 302 on both roots, and /data is an emptyDir.",
      ),
      "stdout-logs": open("It says nothing of requests: nothing grows with the work."),
      "bind-all": yes("[::]:9090 answers on the pod's address."),
      health: yes("/-/healthy is the 200 that both probes ask for."),
      stateless: no(
        "/data/wal is kept in the emptyDir and read after the restart: each of two replicas has its own.",
      ),
    },
  },
  {
    name: "memcached",
    about: "memcached, which says nothing",
    recipe: {
      debian: ["memcached"],
      user: "10001:10001",
      command: ["memcached", "-l", "0.0.0.0", "-U", "0"],
      ports: [11211],
    },
    expect: {
      "read-only-root": yesIfProven(
        "It answers a word that it does not know with the same ERROR on both roots, and writes nothing on either.",
      ),
      "stdout-logs": open("It says nothing at all."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:11211 takes connections on the pod's address."),
      stateless: yesIfProven("Ends 0.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "mosquitto-debian",
    about: "Mosquitto as Debian packages it: local clients alone, a log file, a database",
    recipe: {
      debian: ["mosquitto"],
      user: "10001:10001",
      command: ["mosquitto", "-c", "/etc/mosquitto/mosquitto.conf"],
      ports: [1883],
    },
    expect: {
      "stdout-logs": no(
        '"Unable to open log file /var/log/mosquitto/mosquitto.log for writing": it would log to a file.',
      ),
      "bind-all": no("127.0.0.1:1883 and [::1]:1883 alone: the pod's address refuses."),
      stateless: yesIfProven("Ends 0.1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "mosquitto",
    about: "Mosquitto on every address, that logs to stdout and keeps nothing",
    recipe: {
      debian: ["mosquitto"],
      files: { "/etc/mosquitto/own.conf": MOSQUITTO },
      user: "10001:10001",
      command: ["mosquitto", "-c", "/etc/mosquitto/own.conf"],
      ports: [1883],
    },
    expect: {
      "read-only-root": open(
        "It hangs up on what is no MQTT, without a byte: no request is answered. (It writes nothing on either root.)",
      ),
      "stdout-logs": open(
        "It hangs up on what is no MQTT, without a byte: no request is answered. (It says each connection on stdout.)",
      ),
      "no-baked-state": yesIfProven("Nothing is written; no request is answered."),
      "bind-all": yes("0.0.0.0:1883 takes connections on the pod's address."),
      stateless: yesIfProven("Ends 89 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "postgres",
    about: "PostgreSQL, whose entrypoint makes a cluster at the first start",
    recipe: POSTGRES,
    expect: {
      "read-only-root": no(
        "initdb ends with 1 on the read-only root, and makes a cluster in /data on the writable one.",
      ),
      "stdout-logs": open("It speaks no HTTP: no request is answered. (It logs to stderr.)"),
      "no-baked-state": no("A database is made in /data, and read at the next start."),
      "bind-all": yes("On the writable root 0.0.0.0:5432 takes connections on the pod's address."),
      stateless: no("The database in /data is state."),
    },
  },
  {
    name: "docker-registry",
    about: "the registry, with what is pushed on the root",
    recipe: {
      debian: ["docker-registry"],
      setUp: "chown -R 10001:10001 /var/lib/docker-registry",
      user: "10001:10001",
      command: ["docker-registry", "serve", "/etc/docker/registry/config.yml"],
      ports: [5000],
    },
    paths: ["/v2/", "/v2/_catalog"],
    expect: {
      "read-only-root": yes(
        "GET / is the same 200 and /v2/ the same 401 on both roots; nothing is written unless something is pushed.",
      ),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "bind-all": yes("[::]:5000 answers on the pod's address."),
      stateless: yes(
        "Ends 52 ms after SIGTERM; starts again after kill -9. A push, which would leave state, is no GET.",
      ),
    },
  },
];
