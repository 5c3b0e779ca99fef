// Programs of Debian that keep something on a disk of their own, and some that only seem to.

import { type Application, no, type Recipe, yes } from "../application.ts";

const HG_START = `#!/bin/sh
set -e
export HOME=/tmp
[ -d /data/repository/.hg ] || hg init /data/repository
exec hg serve --cwd /data/repository --address 0.0.0.0 --port 8000 --accesslog - --errorlog -
`;
const PHP_SESSIONS = `<?php
file_put_contents("php://stdout", "GET " . $_SERVER["REQUEST_URI"] . "\\n");
session_start();
$_SESSION["visits"] = ($_SESSION["visits"] ?? 0) + 1;
echo "visit " . $_SESSION["visits"];
`;
const PHP_TWIG = `<?php
require "/usr/share/php/Twig/autoload.php";
file_put_contents("php://stdout", "GET " . $_SERVER["REQUEST_URI"] . "\\n");
$twig = new \\Twig\\Environment(new \\Twig\\Loader\\FilesystemLoader("/app/views"), ["cache" => "/app/compiled"]);
echo $twig->render("home.html", ["name" => "you"]);
`;
const COUNTER = `import http from "node:http";
import fs from "node:fs";
let starts = 0;
try { starts = JSON.parse(fs.readFileSync("/data/seen.json", "utf8")).starts; } catch {}
fs.writeFileSync("/data/seen.json.tmp", JSON.stringify({ starts: starts + 1 }));
fs.renameSync("/data/seen.json.tmp", "/data/seen.json");
http.createServer((request, response) => { console.log(request.url); response.end("start " + (starts + 1 > 0)); }).listen(3000);
process.on("SIGTERM", () => process.exit(0));
`;
const AT_STOP = `import http from "node:http";
import fs from "node:fs";
let visits = 0;
try { visits = Number(fs.readFileSync("/data/visits", "utf8")); } catch {}
http.createServer((request, response) => { visits += 1; console.log(request.url); response.end("hello"); }).listen(3000);
process.on("SIGTERM", () => { fs.writeFileSync("/data/visits", String(visits)); process.exit(0); });
`;
const RENDERED = `#!/bin/sh
set -e
sed "s/@NAME@/app/" /app/template.conf > /data/app.conf
cat /data/app.conf
exec node /app/server.mjs
`;
const PLAIN = `import http from "node:http";
import fs from "node:fs";
fs.readFileSync("/data/app.conf", "utf8");
http.createServer((request, response) => { console.log(request.url); response.end("hello"); }).listen(3000);
process.on("SIGTERM", () => process.exit(0));
`;

function pod(emptyDir: string, port: number): NonNullable<Application["pod"]> {
  return { replicas: 2, emptyDirs: [emptyDir, "/tmp"], port, health: "/" };
}

function nodeServer(files: NonNullable<Recipe["files"]>, command: readonly string[]): Recipe {
  return { base: "host", files, user: "10001:10001", command, ports: [3000] };
}

export const localState: readonly Application[] = [
  {
    name: "victoria-metrics-pair",
    about: "two VictoriaMetrics, their data in emptyDirs",
    recipe: {
      debian: ["victoria-metrics"],
      user: "10001:10001",
      command: [
        "victoria-metrics",
        "-storageDataPath=/data",
        "-httpListenAddr=:8428",
        "-loggerOutput=stdout",
      ],
      ports: [8428],
    },
    pod: { ...pod("/data", 8428), health: "/health" },
    paths: ["/health"],
    expect: { stateless: no("/data is a time series database that each of two replicas has for itself.") },
  },
  {
    name: "mercurial-pair",
    about: "two Mercurial servers, their repositories in emptyDirs",
    recipe: {
      debian: ["mercurial"],
      files: { "/usr/local/bin/start": { content: HG_START, mode: 0o755 } },
      user: "10001:10001",
      command: ["start"],
      ports: [8000],
    },
    pod: pod("/data", 8000),
    expect: { stateless: no("Commits that are pushed to one replica are in none of the others.") },
  },
  {
    name: "php-sessions",
    about: "PHP whose sessions are files in an emptyDir",
    recipe: {
      debian: ["php-cli"],
      files: { "/app/index.php": PHP_SESSIONS },
      user: "10001:10001",
      command: ["php", "-d", "session.save_path=/data", "-S", "0.0.0.0:8080", "/app/index.php"],
      ports: [8080],
    },
    pod: pod("/data", 8080),
    expect: { stateless: no("Each replica has its own sessions.") },
  },
  {
    name: "twig-compiled",
    about: "PHP with compiled templates in an emptyDir, which are made again when they are missing",
    recipe: {
      debian: ["php-cli", "php-twig"],
      files: { "/app/index.php": PHP_TWIG, "/app/views/home.html": "<p>Hello {{ name }}</p>\n" },
      user: "10001:10001",
      command: ["php", "-S", "0.0.0.0:8080", "/app/index.php"],
      ports: [8080],
      // PHP's own server has a handler for SIGINT alone: as PID 1 it is spared by SIGTERM.
      stopSignal: "SIGINT",
    },
    pod: pod("/app/compiled", 8080),
    expect: {
      "read-only-root": yes("It writes to its emptyDir alone."),
      "stdout-logs": yes("A line for each request."),
      "no-baked-state": yes("Compiled templates are made again alike."),
      stateless: yes(
        "Compiled templates are made again alike; it ends 0.1 s after SIGINT, its StopSignal, with 0.",
      ),
    },
  },
  {
    name: "counter-renamed",
    about: "a file that each start reads and replaces by another one",
    recipe: nodeServer({ "/app/server.mjs": COUNTER }, ["node", "/app/server.mjs"]),
    pod: pod("/data", 3000),
    expect: { stateless: no("/data/seen.json counts the starts.") },
  },
  {
    name: "written-at-stop",
    about: "a file that is written at SIGTERM alone and read at the next start",
    recipe: nodeServer({ "/app/server.mjs": AT_STOP }, ["node", "/app/server.mjs"]),
    pod: pod("/data", 3000),
    expect: { stateless: no("/data/visits counts the visits.") },
  },
  {
    name: "rendered-configuration",
    about: "a configuration that each start writes anew and reads",
    recipe: {
      debian: ["nodejs"],
      files: {
        "/app/server.mjs": PLAIN,
        "/app/template.conf": "name = @NAME@\n",
        "/app/start": { content: RENDERED, mode: 0o755 },
      },
      user: "10001:10001",
      command: ["/app/start"],
      ports: [3000],
    },
    pod: pod("/data", 3000),
    expect: {
      "read-only-root": yes("It writes to its emptyDir alone."),
      "no-baked-state": yes("The file is written by each start."),
      stateless: yes("The file is written by each start."),
    },
  },
];
