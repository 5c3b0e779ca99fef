// Servers of PHP, of Debian.

import { type Application, no, type Recipe, yes } from "../application.ts";

const OWN = { user: "10001:10001", directory: "/app" } as const;

const NGINX_FPM = `pid /tmp/nginx.pid;
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
  server {
    listen 8080;
    location / {
      include fastcgi_params;
      fastcgi_param SCRIPT_FILENAME /app/index.php;
      fastcgi_pass 127.0.0.1:9000;
    }
  }
}
`;

const FPM = `[global]
error_log = /proc/self/fd/2
daemonize = no
[www]
listen = 9000
pm = static
pm.max_children = 2
ping.path = /ping
access.log = /proc/self/fd/2
catch_workers_output = yes
`;

export const HELLO_PHP = '<?php echo "hello\\n";\n';

const SESSION_PHP =
  '<?php session_start(); $_SESSION["visits"] = ($_SESSION["visits"] ?? 0) + 1; echo "hello\\n";\n';

export function fpm(page: string): Recipe {
  return {
    debian: ["php-fpm"],
    files: { "/etc/php/own.conf": FPM, "/app/index.php": page },
    setUp: "rm -f /var/log/php8.4-fpm.log; mkdir -p /sessions",
    user: "33:33",
    command: ["php-fpm8.4", "-F", "-y", "/etc/php/own.conf", "-d", "session.save_path=/sessions"],
    ports: [9000],
    stopSignal: "SIGQUIT",
  };
}

const NGINX: Recipe = {
  debian: ["nginx"],
  files: { "/etc/nginx/nginx.conf": NGINX_FPM },
  setUp: "rm -f /var/log/nginx/*",
  user: "33:33",
  command: ["nginx", "-g", "daemon off;"],
  ports: [8080],
  stopSignal: "SIGQUIT",
};

export const phpServers: readonly Application[] = [
  {
    name: "php-cli-server",
    about: "PHP's built-in server, which leaves SIGTERM to the kernel",
    recipe: {
      debian: ["php-cli"],
      files: { "/app/index.php": HELLO_PHP },
      ...OWN,
      command: ["php", "-S", "0.0.0.0:8080", "-t", "/app"],
      ports: [8080],
    },
    expect: {
      "read-only-root": yes("GET / is the same 200 on both roots; nothing is written."),
      "stdout-logs": yes(
        "Lines on stderr for each request; the memfd that it holds is its opcode cache's lock.",
      ),
      "no-baked-state": yes("Nothing is written."),
      "bind-all": yes("0.0.0.0:8080 answers on the pod's address."),
      stateless: no(
        "It sets no handler, and the kernel spares a PID 1 without one: it is still there 30 s after SIGTERM.",
      ),
    },
  },
  {
    name: "php-nginx",
    about: "PHP-FPM behind nginx in one pod",
    recipe: fpm(HELLO_PHP),
    beside: { name: "truth-nginx-fpm", recipe: NGINX, health: "/" },
    pod: { replicas: 2, emptyDirs: ["/tmp"], port: 9000, health: { tcp: true } },
    expect: {
      "read-only-root": yes(
        "The manifest mounts both roots read-only; GET / is the same 200 on both; a pid and five empty directories in /tmp are all that is written.",
      ),
      "stdout-logs": yes(
        "nginx says each request on stdout, PHP-FPM on stderr; the memfd that PHP holds is its opcode cache's lock.",
      ),
      "no-baked-state": yes("A pid and empty directories in /tmp."),
      "bind-all": yes("0.0.0.0:8080 and [::]:9000 answer on the pod's address."),
      health: yes("/ is the 200 that the probes of nginx ask for, and those of PHP-FPM connect."),
      stateless: yes(
        "PHP-FPM ends 0.4 s after SIGQUIT with 0; it starts again after kill -9 with the same /tmp.",
      ),
    },
  },
  {
    name: "php-nginx-sessions",
    about: "the same with PHP's sessions in an emptyDir",
    recipe: fpm(SESSION_PHP),
    beside: { name: "truth-nginx-fpm", recipe: NGINX, health: "/" },
    pod: { replicas: 2, emptyDirs: ["/tmp", "/sessions"], port: 9000, health: { tcp: true } },
    expect: {
      "read-only-root": yes(
        "The manifest mounts both roots read-only; GET / is the same 200 on both, and /sessions is an emptyDir.",
      ),
      "stdout-logs": yes(
        "nginx says each request on stdout, PHP-FPM on stderr; a file of /sessions is a session, and no log.",
      ),
      "bind-all": yes("0.0.0.0:8080 and [::]:9000 answer on the pod's address."),
      health: yes("/ is the 200 that the probes of nginx ask for, and those of PHP-FPM connect."),
      stateless: no(
        "Each visitor leaves /sessions/sess_… in the emptyDir, where the next replica does not find it.",
      ),
    },
  },
];
