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

const TURN = `listening-port=3478
no-tls
no-dtls
no-cli
log-file=stdout
simple-log
verbose
pidfile=/tmp/turn.pid
userdb=/tmp/turndb
realm=app.example
`;

const HGRC = `[web]
push_ssl = false
allow_push = *
`;

export const TINYPROXY = `Port 8888
Listen 0.0.0.0
Timeout 10
LogLevel Info
StatFile "/usr/share/tinyproxy/stats.html"
Allow 0.0.0.0/0
`;

const USER = "echo 'app:x:10001:10001::/data:/bin/sh' >> /etc/passwd; echo 'app:x:10001:' >> /etc/group";

const DOVECOT = `dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
base_dir = /tmp/dovecot
state_dir = /tmp/dovecot
log_path = /dev/stderr
default_internal_user = app
default_login_user = app
default_internal_group = app
protocols = imap
ssl = no
mail_driver = maildir
mail_path = /data/%{user}
passdb static {
  password = x
}
userdb static {
  fields {
    uid = 10001
    gid = 10001
    home = /data
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 1143
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;

const CUPSD = `Listen 0.0.0.0:8631
ServerAlias *
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
`;

const CUPS_FILES = `AccessLog stderr
ErrorLog stderr
PageLog stderr
CacheDir /tmp/cups
StateDir /tmp/cups
RequestRoot /tmp/cups
TempDir /tmp
User 10001
Group 10001
`;

const NAMED = `options {
  directory "/tmp";
  listen-on port 5353 { any; };
  listen-on-v6 port 5353 { any; };
  pid-file none;
  session-keyfile "/tmp/session.key";
  dnssec-validation no;
  recursion no;
  querylog yes;
};
controls { };
logging {
  category default { default_stderr; };
  category queries { default_stderr; };
};
zone "app.example" { type primary; file "/etc/app.zone"; };
`;

const ICECAST = `<icecast>
  <limits><clients>10</clients><sources>1</sources></limits>
  <authentication><source-password>of-the-trial</source-password><admin-password>of-the-trial</admin-password></authentication>
  <hostname>app.example</hostname>
  <listen-socket><port>8000</port><bind-address>0.0.0.0</bind-address></listen-socket>
  <paths><basedir>/usr/share/icecast2</basedir><logdir>/tmp</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot><alias source="/" destination="/status.xsl"/></paths>
  <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog></logging>
</icecast>
`;

const SMTPD = `listen on 0.0.0.0 port 2525
action "local" maildir
match for any action "local"
`;

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
      "stdout-logs": yes(
        "A line for each query, by hand over UDP; its answers come back, and no file is a log.",
      ),
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
      "stdout-logs": yes(
        "A line for each query, by hand over UDP; its answers come back, and no file is a log.",
      ),
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
      "stdout-logs": open(
        "It says nothing of its start and its work. (Of a connection that is reset, a line on stderr.)",
      ),
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
  {
    name: "coturn",
    about: "coturn, its database of users in /tmp",
    recipe: {
      debian: ["coturn"],
      files: { "/etc/own.conf": TURN },
      ...OWN,
      command: ["turnserver", "-c", "/etc/own.conf"],
      ports: [3478],
    },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 3478, health: { tcp: true } },
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and it takes connections; what it writes is in /tmp.",
      ),
      "stdout-logs": yesIfProven(
        "Lines on stdout for each session; /tmp/turndb is its database of users, and no log.",
      ),
      "bind-all": yes(
        "It binds each address by itself, those of the pod among them: 10.88.0.2:3478 takes connections.",
      ),
      health: yes("Both probes connect to the port that is open."),
      stateless: no("It is still there 30 s after SIGTERM; /tmp/turndb is kept, and read at the next start."),
    },
  },
  {
    name: "mercurial",
    about: "two `hg serve`, the repository of each in an emptyDir",
    recipe: {
      debian: ["mercurial"],
      files: { "/etc/mercurial/hgrc": HGRC },
      ...OWN,
      command: [
        "sh",
        "-c",
        "[ -d /data/app/.hg ] || hg init /data/app; exec hg serve -R /data/app -a 0.0.0.0 -p 8000 -A /dev/stdout -E /dev/stderr",
      ],
      environment: { HGUSER: "app", HOME: "/tmp" },
      ports: [8000],
    },
    pod: { replicas: 2, emptyDirs: ["/data", "/tmp"], port: 8000, health: "/" },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; GET / is the same 200 on both roots, and /data is an emptyDir.",
      ),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      health: yes("/ is the 200 that both probes ask for."),
      stateless: no(
        "/data/app/.hg is made at the first start, kept, and read at the next: each of two replicas has its own.",
      ),
    },
  },
  {
    name: "tinyproxy",
    about: "Tinyproxy that logs to stdout",
    recipe: {
      debian: ["tinyproxy-bin"],
      files: { "/etc/own.conf": TINYPROXY },
      ...OWN,
      command: ["tinyproxy", "-d", "-c", "/etc/own.conf"],
      ports: [8888],
    },
    expect: {
      "read-only-root": yesIfProven(
        "It answers GET / with the same 500 on both roots, for want of a name server; nothing is written.",
      ),
      "stdout-logs": yesIfProven("Lines on stdout for each request; nothing is written."),
      "no-baked-state": yesIfProven(
        "Nothing is written, and 400 is its answer to everything but a proxy's request.",
      ),
      "bind-all": yes("0.0.0.0:8888 answers on the pod's address."),
      stateless: yesIfProven(
        "Ends 0.1 s after SIGTERM with 0, and starts again after kill -9; it refused all that it was asked.",
      ),
    },
  },
  {
    name: "postfix",
    about: "Postfix as Debian packages it, under a numeric USER",
    recipe: {
      debian: ["postfix"],
      ...OWN,
      command: ["postfix", "start-fg"],
      ports: [25],
    },
    expect: {
      "read-only-root": open("It wants to be root, and ends with 1 on both roots."),
      "bind-all": open("It ends before it listens."),
      stateless: open("It never ran: neither a stop nor a restart could be seen."),
    },
  },
  {
    name: "openssh",
    about: "an SSH server of a user, with a key made at the first start in an emptyDir",
    recipe: {
      debian: ["openssh-server"],
      setUp: `rm -f /etc/ssh/ssh_host_*; ${USER}`,
      ...OWN,
      command: [
        "sh",
        "-c",
        "[ -f /data/key ] || ssh-keygen -q -t ed25519 -N '' -f /data/key; exec /usr/sbin/sshd -D -e -p 2222 -h /data/key -o PidFile=none",
      ],
      ports: [2222],
    },
    pod: { replicas: 2, emptyDirs: ["/data"], port: 2222, health: { tcp: true } },
    expect: {
      "read-only-root": yes(
        "The manifest mounts the root read-only; it greets with the same SSH-2.0 on both roots; its key is in the emptyDir.",
      ),
      "stdout-logs": yes("A line on stderr for each connection; no file grows."),
      "bind-all": yes("0.0.0.0:2222 and [::]:2222 greet on the pod's address."),
      health: yes("Both probes connect to the port that is open."),
      stateless: no(
        "/data/key is made at the first start, kept, and read at the next: each of two replicas is another host to its clients.",
      ),
    },
  },
  {
    name: "dovecot",
    about: "Dovecot without root",
    recipe: {
      debian: ["dovecot-imapd"],
      files: { "/etc/dovecot/own.conf": DOVECOT },
      setUp: `${USER}; ${DATA}`,
      ...OWN,
      command: ["dovecot", "-F", "-c", "/etc/dovecot/own.conf"],
      ports: [1143],
    },
    expect: {
      "read-only-root": yes("It greets with the same OK on both roots; what it writes is in /tmp."),
      "stdout-logs": yes("Lines on stderr for each connection; no file is a log."),
      "bind-all": yes("0.0.0.0:1143 and [::]:1143 greet on the pod's address."),
    },
  },
  {
    name: "cups",
    about: "CUPS that works in /tmp and logs to stderr",
    recipe: {
      debian: ["cups-daemon"],
      files: { "/etc/cups/cupsd.conf": CUPSD, "/etc/cups/cups-files.conf": CUPS_FILES },
      setUp: "rm -rf /var/log/cups",
      ...OWN,
      command: ["cupsd", "-f"],
      ports: [8631],
    },
    expect: {
      "stdout-logs": open("It says its start and nothing of a request: nothing grows with the work."),
      "bind-all": yes("0.0.0.0:8631 answers on the pod's address."),
    },
  },
  {
    name: "bind9",
    about: "BIND, which binds each address by itself",
    recipe: {
      debian: ["bind9"],
      files: { "/etc/bind/own.conf": NAMED, "/etc/app.zone": ZONE },
      ...OWN,
      command: ["named", "-f", "-c", "/etc/bind/own.conf"],
      ports: [5353],
    },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 5353, health: { tcp: true } },
    expect: {
      "read-only-root": yesIfProven(
        "The manifest mounts the root read-only, and it takes connections; it makes /tmp/session.key anew at each start.",
      ),
      "stdout-logs": yes(
        "A line on stderr for each query, over UDP and TCP, and its answer comes; no file is a log.",
      ),
      "no-baked-state": no(
        "/etc/bind/rndc.key, which the package makes when it is installed, is a key, and the same in each container of the image.",
      ),
      "bind-all": yes(
        "It binds each address by itself, those of the pod among them: 10.88.0.2:5353 takes connections.",
      ),
      health: yes("Both probes connect to the port that is open."),
      stateless: yesIfProven("Ends 0.2 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "icecast",
    about: "Icecast that logs into /tmp",
    recipe: {
      debian: ["icecast2"],
      files: { "/etc/own.xml": ICECAST },
      setUp: "rm -rf /var/log/icecast2",
      ...OWN,
      command: ["icecast2", "-c", "/etc/own.xml"],
      ports: [8000],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; what it writes is in /tmp."),
      "stdout-logs": no("/tmp/access.log grows with each request."),
      "bind-all": yes("0.0.0.0:8000 answers on the pod's address."),
      stateless: yes("Ends 1.5 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "opensmtpd",
    about: "OpenSMTPD, which wants to be root",
    recipe: {
      debian: ["opensmtpd"],
      files: { "/etc/own.conf": SMTPD },
      ...OWN,
      command: ["smtpd", "-d", "-f", "/etc/own.conf"],
      ports: [2525],
    },
    expect: {
      "read-only-root": open('"need root privileges": it ends with 1 on both roots.'),
      "bind-all": open("It ends before it listens."),
      stateless: open("It never ran: neither a stop nor a restart could be seen."),
    },
  },
];
