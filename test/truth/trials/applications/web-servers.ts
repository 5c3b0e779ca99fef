// Servers and proxies of Debian, as they are packaged and as a team that read the contract sets them up.

import { type Application, no, open, yes, yesIfProven } from "../application.ts";

const NGINX = `pid /tmp/nginx.pid;
error_log stderr;
worker_processes 1;
events {}
http {
  access_log /dev/stdout;
  client_body_temp_path /tmp/body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  server { listen 8080; root /usr/share/nginx/html; }
}
`;

/** Keeps its pid in /tmp, and logs to its streams. */
export const APACHE = `ServerName app
ServerRoot /etc/apache2
Listen 8080
PidFile /tmp/apache2.pid
DefaultRuntimeDir /tmp
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
ErrorLog /dev/stderr
LogFormat "%h %t \\"%r\\" %>s %b" common
CustomLog /dev/stdout common
DocumentRoot /var/www/html
DirectoryIndex index.html
<Directory /var/www/html>
  Require all granted
</Directory>
`;

const LIGHTTPD = `server.port = 8080
server.document-root = "/var/www/html"
server.modules = ("mod_indexfile", "mod_accesslog", "mod_staticfile")
index-file.names = ("index.html")
accesslog.filename = "/dev/stderr"
mimetype.assign = (".html" => "text/html")
`;

const HAPROXY = `global
  log stdout format raw local0
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

export const SQUID = `http_port 3128
http_access allow all
cache deny all
pid_filename none
access_log stdio:/dev/stdout
cache_log /dev/stderr
cache_store_log none
coredump_dir /tmp
netdb_filename none
shutdown_lifetime 3 seconds
`;

const PHP_FPM = `[global]
error_log = /proc/self/fd/2
daemonize = no
[www]
listen = 9000
pm = static
pm.max_children = 2
access.log = /proc/self/fd/2
catch_workers_output = yes
`;

const HTML = "<!doctype html><title>hello</title><p>hello</p>\n";

export const webServers: readonly Application[] = [
  {
    name: "nginx-debian",
    about: "nginx as Debian packages it, under a numeric USER",
    recipe: {
      debian: ["nginx"],
      user: "33:33",
      command: ["nginx", "-g", "daemon off;"],
      ports: [80],
    },
    expect: {
      "read-only-root": no(
        'mkdir() "/var/lib/nginx/body" is refused (EROFS, and EACCES on the writable root), and it ends with 1: it supposes a root that it can write to.',
      ),
      "stdout-logs": no("Its access and error logs are /var/log/nginx/*.log, which lie in a layer already."),
      "bind-all": open("It ends before it listens."),
      stateless: open("It never ran: neither a stop nor a restart could be seen."),
    },
  },
  {
    name: "nginx",
    about: "nginx that keeps to /tmp and stdout",
    recipe: {
      debian: ["nginx"],
      files: { "/etc/nginx/nginx.conf": NGINX, "/usr/share/nginx/html/index.html": HTML },
      setUp: "rm -f /var/log/nginx/*",
      user: "33:33",
      command: ["nginx", "-g", "daemon off;"],
      ports: [8080],
      stopSignal: "SIGQUIT",
    },
    expect: {
      "read-only-root": yes(
        "GET / is the same 200 on both roots; it writes /tmp/nginx.pid and five empty directories of /tmp, nothing else.",
      ),
      "stdout-logs": yes("A line of access log on stdout for each request; no file grows."),
      "no-baked-state": yes("A pid and empty directories in /tmp."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: yes("Ends 14 ms after SIGQUIT with 0; starts again after kill -9 with the same /tmp."),
    },
  },
  {
    name: "apache2-debian",
    about: "Apache as Debian packages it, under a numeric USER",
    recipe: {
      debian: ["apache2"],
      user: "33:33",
      command: ["apache2ctl", "-D", "FOREGROUND"],
      ports: [80],
    },
    expect: {
      "read-only-root": no(
        "mkdir /var/run/apache2 is refused (EROFS, and EACCES on the writable root), and it ends with 1.",
      ),
      "stdout-logs": no("Its logs are /var/log/apache2/*.log, which lie in a layer already."),
      "bind-all": open("It ends before it listens."),
      stateless: open("It never ran."),
    },
  },
  {
    name: "apache2",
    about: "Apache that keeps to /tmp and stdout",
    recipe: {
      debian: ["apache2"],
      files: { "/etc/apache2/own.conf": APACHE, "/var/www/html/index.html": HTML },
      setUp: "rm -f /var/log/apache2/*",
      user: "33:33",
      command: ["apache2", "-f", "/etc/apache2/own.conf", "-D", "FOREGROUND"],
      ports: [8080],
      stopSignal: "SIGWINCH",
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; /tmp/apache2.pid is all that it writes."),
      "stdout-logs": yes("A line on stdout for each request, its own messages on stderr; no file grows."),
      "no-baked-state": yes("A pid in /tmp."),
      "bind-all": yes("[::]:8080 takes IPv4, too, and answers on the pod's address."),
      stateless: yes("Ends one second after SIGWINCH with 0; starts again over the pid that kill -9 left."),
    },
  },
  {
    name: "lighttpd-debian",
    about: "lighttpd as Debian packages it, under a numeric USER",
    recipe: {
      debian: ["lighttpd"],
      user: "33:33",
      command: ["lighttpd", "-D", "-f", "/etc/lighttpd/lighttpd.conf"],
      ports: [80],
    },
    expect: {
      "read-only-root": no(
        "The pid file /run/lighttpd.pid is refused (EROFS, and EACCES on the writable root), and it ends with 255.",
      ),
      "bind-all": open("It ends before it listens."),
      stateless: open("It never ran."),
    },
  },
  {
    name: "lighttpd",
    about: "lighttpd that logs to stderr (it turns its stdout to /dev/null)",
    recipe: {
      debian: ["lighttpd"],
      files: { "/etc/lighttpd/own.conf": LIGHTTPD, "/var/www/html/index.html": HTML },
      setUp: "rm -f /var/log/lighttpd/*",
      user: "33:33",
      command: ["lighttpd", "-D", "-f", "/etc/lighttpd/own.conf"],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stderr for each request, some seconds later; no file grows."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: yes("Ends 27 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "haproxy",
    about: "HAProxy that logs to stdout",
    recipe: {
      debian: ["haproxy"],
      files: { "/etc/haproxy/own.cfg": HAPROXY },
      user: "10001:10001",
      command: ["haproxy", "-db", "-f", "/etc/haproxy/own.cfg"],
      ports: [8080],
      stopSignal: "SIGUSR1",
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: yes("Ends 28 ms after SIGUSR1 with 0; starts again after kill -9."),
    },
  },
  {
    name: "haproxy-sigterm",
    about: "the same without a STOPSIGNAL",
    recipe: {
      debian: ["haproxy"],
      files: { "/etc/haproxy/own.cfg": HAPROXY },
      user: "10001:10001",
      command: ["haproxy", "-db", "-f", "/etc/haproxy/own.cfg"],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes("A line on stdout for each request; no file grows."),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: no(
        "It leaves SIGTERM to the kernel, which ignores it for process 1: it is still there after 30 s.",
      ),
    },
  },
  {
    name: "caddy-debian",
    about: "Caddy as Debian packages it, with a home of its own",
    recipe: {
      debian: ["caddy"],
      setUp: "chown -R 10001:10001 /var/lib/caddy",
      user: "10001:10001",
      environment: { HOME: "/var/lib/caddy" },
      command: ["caddy", "run", "--config", "/etc/caddy/Caddyfile"],
      ports: [80],
    },
    expect: {
      "read-only-root": no(
        "On the writable root it writes $HOME/.config/caddy/autosave.json and makes .step; no manifest mounts the root read-only.",
      ),
      "stdout-logs": open(
        "It says its start on stderr and nothing of a request: nothing grows with the work.",
      ),
      "no-baked-state": yes(
        "autosave.json is a copy of the configuration in the image, made again at each start.",
      ),
      "bind-all": yes(
        "[::]:80 answers on the pod's address; the administration on 127.0.0.1:2019 is a debug port beside it.",
      ),
      stateless: yes("Ends 10 ms after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "caddy",
    about: "Caddy without its administration, that logs what it serves",
    recipe: {
      debian: ["caddy"],
      files: {
        "/etc/caddy/Caddyfile": "{\n\tadmin off\n}\n:8080 {\n\tlog\n\troot * /srv\n\tfile_server\n}\n",
        "/srv/index.html": HTML,
      },
      user: "10001:10001",
      environment: { HOME: "/tmp" },
      command: ["caddy", "run", "--config", "/etc/caddy/Caddyfile"],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; it writes below /tmp alone."),
      "stdout-logs": yes("A line on stderr for each request; no file grows."),
      "no-baked-state": yes(
        "/tmp/.config/caddy/autosave.json is a copy of the configuration in the image, made again at each start.",
      ),
      "bind-all": yes("[::]:8080 answers on the pod's address."),
      stateless: yes("Ends 32 ms after SIGTERM with 0; starts again after kill -9 with the same /tmp."),
    },
  },
  {
    name: "varnish-debian",
    about: "Varnish with its working directory where Debian has it; no server behind it",
    recipe: {
      debian: ["varnish"],
      setUp: "chown -R 10001:10001 /var/lib/varnish",
      user: "10001:10001",
      command: ["varnishd", "-F", "-a", ":6081", "-f", "/etc/varnish/default.vcl", "-s", "malloc,64m"],
      ports: [6081],
    },
    expect: {
      "read-only-root": no(
        "\"Cannot create working directory '/var/lib/varnish/varnishd': Read-only file system\", and it ends with 2; it runs on the writable root.",
      ),
      "no-baked-state": no(
        "The package makes /etc/varnish/secret when it is installed: every container of the image has the same.",
      ),
      "bind-all": yes(
        "On the writable root 0.0.0.0:6081 answers on the pod's address (503, for there is no server behind it).",
      ),
      stateless: yesIfProven(
        "On the writable root it ends 0.1 s after SIGTERM with 0, and starts again over what it left.",
      ),
    },
  },
  {
    name: "varnish",
    about: "Varnish with its working directory in /tmp",
    recipe: {
      debian: ["varnish"],
      files: {
        "/etc/varnish/own.vcl":
          'vcl 4.1;\nbackend default none;\nsub vcl_recv { return (synth(200, "OK")); }\n',
      },
      user: "10001:10001",
      command: ["varnishd", "-F", "-n", "/tmp/varnish", "-a", ":8080", "-f", "/etc/varnish/own.vcl"],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; it writes below /tmp/varnish alone."),
      "no-baked-state": no(
        "The package makes /etc/varnish/secret when it is installed: every container of the image has the same.",
      ),
      "bind-all": yes(
        "0.0.0.0:8080 answers on the pod's address; the management port on 127.0.0.1 is its own.",
      ),
      stateless: yes(
        "Ends within 0.3 s of SIGTERM with 0; starts again over the working directory that kill -9 left.",
      ),
    },
  },
  {
    name: "squid-debian",
    about: "Squid as Debian packages it, under a numeric USER",
    recipe: {
      debian: ["squid"],
      user: "13:13",
      command: ["squid", "-NYCd", "1"],
      ports: [3128],
    },
    expect: {
      "read-only-root": no(
        '"FATAL: failed to open /run/squid.pid" (EROFS, and EACCES on the writable root), and it ends with 1.',
      ),
      "bind-all": open("It ends before it listens."),
      stateless: open("It never ran."),
    },
  },
  {
    name: "squid",
    about: "Squid without a cache on disk, that logs to stdout",
    recipe: {
      debian: ["squid"],
      files: { "/etc/squid/own.conf": SQUID },
      setUp: "rm -rf /var/log/squid/*",
      user: "13:13",
      command: ["squid", "-NYCd", "1", "-f", "/etc/squid/own.conf"],
      ports: [3128],
    },
    expect: {
      "read-only-root": yesIfProven(
        "GET / is a 400 on both roots, whose page names the time; nothing is written.",
      ),
      "stdout-logs": yesIfProven("A line on stdout for each request; no file grows."),
      "no-baked-state": yesIfProven("Nothing is written."),
      "bind-all": yes("[::]:3128 answers on the pod's address."),
      stateless: yesIfProven("Ends 4.3 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
  {
    name: "php-fpm-debian",
    about: "PHP-FPM as Debian packages it, under a numeric USER",
    recipe: {
      debian: ["php-fpm"],
      user: "33:33",
      command: ["php-fpm8.4", "-F"],
      ports: [9000],
    },
    expect: {
      "read-only-root": no(
        "The log /var/log/php8.4-fpm.log is refused (EROFS, and EACCES on the writable root), and it ends with 78.",
      ),
      "stdout-logs": no('"failed to open error_log (/var/log/php8.4-fpm.log)": it would log to a file.'),
      "bind-all": open("It ends before it listens."),
      stateless: open("It never ran."),
    },
  },
  {
    name: "php-fpm",
    about: "PHP-FPM on a TCP port, that logs to stderr",
    recipe: {
      debian: ["php-fpm"],
      files: { "/etc/php/own.conf": PHP_FPM },
      user: "33:33",
      command: ["php-fpm8.4", "-F", "-y", "/etc/php/own.conf"],
      ports: [9000],
    },
    expect: {
      "read-only-root": open(
        "It speaks no HTTP: no request is answered. (It writes nothing on either root.)",
      ),
      "stdout-logs": open("It speaks no HTTP: no request is answered. (It says its start on stderr.)"),
      "no-baked-state": open(
        "It speaks no HTTP: no request is answered. (Nothing is written but a lock in a memfd.)",
      ),
      "bind-all": yes("[::]:9000 takes connections on the pod's address."),
      stateless: yesIfProven("Ends 0.1 s after SIGTERM with 0; starts again after kill -9."),
    },
  },
];
