// Servers of mail, names, chat, files and queues, which do not speak HTTP (or not first).

import { type Application, no, open, yes, yesIfProven } from "../application.ts";
import { PYTHON } from "./languages.ts";

const OWN = { user: "10001:10001" } as const;

const UNBOUND = `server:
  interface: 0.0.0.0
  port: 5353
  access-control: 0.0.0.0/0 allow
  chroot: ""
  username: ""
  directory: "/tmp"
  pidfile: ""
  use-syslog: no
  logfile: ""
  log-queries: yes
  verbosity: 3
  auto-trust-anchor-file: ""
  module-config: "iterator"
  local-zone: "example." static
  local-data: "app.example. A 192.0.2.1"
remote-control:
  control-enable: no
`;

const ZONE = `$ORIGIN app.example.
$TTL 60
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 192.0.2.1
`;

const KNOT = `server:
  rundir: /tmp
  listen: 0.0.0.0@5353
log:
  - target: stderr
    any: debug
database:
  storage: /data
template:
  - id: default
    storage: /etc
zone:
  - domain: app.example
    file: app.zone
    zonefile-load: whole
`;

const NGIRCD = `[Global]
  Name = irc.app.example
  Info = of the trial
  Listen = 0.0.0.0
  Ports = 6667
  MotdPhrase = hello
[Limits]
  MaxConnectionsIP = 0
[Options]
  Ident = no
  PAM = no
  DNS = no
`;

const RSYNCD = `use chroot = no
log file = /dev/stdout
port = 8730
[files]
  path = /usr/share/doc
  read only = yes
`;

const DATA = "mkdir /data && chown 10001:10001 /data";

export const protocols: readonly Application[] = [
  {
    name: "dnsmasq",
    about: "dnsmasq that says each query",
    recipe: {
      debian: ["dnsmasq-base"],
      ...OWN,
      command: [
        "dnsmasq",
        "--keep-in-foreground",
        "--port=5353",
        "--conf-file=/dev/null",
        "--pid-file",
        "--log-facility=-",
        "--log-queries",
        "--no-resolv",
        "--address=/app.example/192.0.2.1",
      ],
      ports: [5353],
    },
    pod: { replicas: 2, emptyDirs: [], port: 5353, health: { tcp: true } },
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and it takes connections; nothing is written.",
      ),
      "stdout-logs": open("It waits in silence for a query, and says its start alone."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:5353 and [::]:5353 take connections on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: yesIfProven("Ends 0.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "unbound",
    about: "Unbound that says each query",
    recipe: {
      debian: ["unbound"],
      files: { "/etc/unbound/own.conf": UNBOUND },
      ...OWN,
      command: ["unbound", "-d", "-c", "/etc/unbound/own.conf"],
      ports: [5353],
    },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 5353, health: { tcp: true } },
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and it takes connections; nothing is written.",
      ),
      "stdout-logs": open("It waits in silence for a query, and says its start alone."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:5353 takes connections on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: yesIfProven("Ends 0.5 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "knot",
    about: "Knot with one zone, its databases on the root",
    recipe: {
      debian: ["knot"],
      files: { "/etc/knot/own.conf": KNOT, "/etc/app.zone": ZONE },
      setUp: DATA,
      ...OWN,
      command: ["knotd", "-c", "/etc/knot/own.conf"],
      ports: [5353],
    },
    expect: {
      "read-only-root": no("SIGTERM makes it write /data/timers on the writable root."),
      "stdout-logs": yesIfProven("A line on stderr for each connection that asks nothing; no file is a log."),
      "no-baked-state": no("/data/timers is written at the stop, and read at the next start."),
      "bind-all": yes("0.0.0.0:5353 takes connections on the pod's address."),
      stateless: no("After kill -9 /tmp/knot.pid keeps it from starting again: it ends with 1."),
    },
  },
  {
    name: "ngircd",
    about: "ngIRCd that says each connection",
    recipe: {
      debian: ["ngircd"],
      files: { "/etc/ngircd/own.conf": NGIRCD },
      ...OWN,
      command: ["ngircd", "--nodaemon", "--config", "/etc/ngircd/own.conf"],
      ports: [6667],
    },
    pod: { replicas: 2, emptyDirs: [], port: 6667, health: { tcp: true } },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; it answers each connection with the same ERROR on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("Lines on stdout for each connection; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:6667 answers on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: yes("Ends 0.1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "gearmand",
    about: "Gearman's server that logs to stderr",
    recipe: {
      debian: ["gearman-job-server"],
      ...OWN,
      command: ["gearmand", "--listen=0.0.0.0", "--port=4730", "--log-file=stderr", "--verbose=INFO"],
      ports: [4730],
    },
    pod: { replicas: 2, emptyDirs: [], port: 4730, health: { tcp: true } },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; it answers with the same ERR on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("Lines on stderr for each connection; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:4730 answers on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: yes("Ends 0.1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "beanstalkd",
    about: "beanstalkd, which says nothing",
    recipe: {
      debian: ["beanstalkd"],
      ...OWN,
      command: ["beanstalkd", "-l", "0.0.0.0", "-p", "11300"],
      ports: [11_300],
    },
    pod: { replicas: 2, emptyDirs: [], port: 11_300, health: { tcp: true } },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; it answers with the same UNKNOWN_COMMAND on both roots, and nothing is written.",
      ),
      "stdout-logs": open("It says nothing at all."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:11300 answers on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: yes("Ends 0.4 s after SIGTERM with 143; starts again after kill -9."),
    },
  },
  {
    name: "rsyncd",
    about: "rsync's daemon on files of the image",
    recipe: {
      debian: ["rsync"],
      files: { "/etc/own.conf": RSYNCD },
      ...OWN,
      command: ["rsync", "--daemon", "--no-detach", "--config=/etc/own.conf"],
      ports: [8730],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8730, health: { tcp: true } },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; it greets with the same @RSYNCD on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("A line on stdout for each connection; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8730 and [::]:8730 answer on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: yes("Ends 0.5 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "aiosmtpd",
    about: "aiosmtpd that prints what it receives",
    recipe: {
      debian: PYTHON,
      ...OWN,
      command: ["python3", "-m", "aiosmtpd", "-n", "-d", "-l", "0.0.0.0:8025"],
      ports: [8025],
    },
    pod: { replicas: 2, emptyDirs: [], port: 8025, health: { tcp: true } },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; it greets with the same 220 on both roots, and nothing is written.",
      ),
      "stdout-logs": yes("Lines on stderr for each connection; nothing is written."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8025 greets on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: no(
        "It sets no handler, and the kernel spares a PID 1 without one: it is still there 30 s after SIGTERM.",
      ),
    },
  },
];
