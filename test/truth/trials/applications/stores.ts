// Databases, queues and what else keeps data, of Debian.

import type { Application } from "../application.ts";

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

const POSTGRES = `#!/bin/sh
set -e
export PATH="/usr/lib/postgresql/17/bin:$PATH"
[ -s "$PGDATA/PG_VERSION" ] || initdb --auth=trust --username=app
exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp
`;

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
    expect: {},
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
    expect: {},
  },
  {
    name: "etcd",
    about: "etcd of one member, its data on the root",
    recipe: { debian: ["etcd-server"], setUp: DATA, user: "10001:10001", command: ETCD, ports: [2379] },
    paths: ["/health", "/version"],
    expect: {},
  },
  {
    name: "etcd-replicas",
    about: "two etcds of one member each, their data in emptyDirs",
    recipe: { debian: ["etcd-server"], setUp: DATA, user: "10001:10001", command: ETCD, ports: [2379] },
    pod: { replicas: 2, emptyDirs: ["/data", "/tmp"], port: 2379, health: "/health" },
    paths: ["/health", "/version"],
    expect: {},
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
    expect: {},
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
    expect: {},
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
    expect: {},
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
    expect: {},
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
    expect: {},
  },
  {
    name: "postgres",
    about: "PostgreSQL, whose entrypoint makes a cluster at the first start",
    recipe: {
      debian: ["postgresql-common"],
      files: { "/usr/local/bin/start": { content: POSTGRES, mode: 0o755 } },
      setUp: `sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
apt-get update --quiet --quiet
apt-get install --yes --quiet --quiet --no-install-recommends postgresql-17
${DATA}; chmod 700 /data; echo 'app:x:10001:10001::/tmp:/bin/sh' >> /etc/passwd`,
      user: "10001:10001",
      environment: { PGDATA: "/data" },
      command: ["start"],
      ports: [5432],
    },
    expect: {},
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
    expect: {},
  },
];
