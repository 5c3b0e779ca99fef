import { expect, test } from "vitest";
import { exits, said, server, trialFacts } from "../../test/fixtures/trial-facts.ts";
import { deniedLogs, deniedWrites } from "./denied-writes.ts";
import { phaseRun } from "./phase-run.ts";

function run(line: string) {
  return phaseRun(trialFacts({ "read-only": exits(1, said(`first\n${line}\nlast\n`)) }), "read-only");
}

const WHERE = { mounts: ["/tmp", "/srv/data"], cwd: "/srv" };
const NGINX = 'nginx: [emerg] mkdir() "/var/lib/nginx/body" failed (13: Permission denied)';
const NODE = "Error: EROFS: read-only file system, open '/app/visits.txt'";

test.each([
  [NGINX, "/var/lib/nginx/body"],
  [NODE, "/app/visits.txt"],
  ["    at open (/app/node_modules/x.js:1:2) EROFS: read-only file system, open '/app/y'", "/app/y"],
  ["writing '/app/z': EROFS: read-only file system", "/app/z"],
  ["OSError: [Errno 30] Read-only file system: '/app/cache'", "/app/cache"],
  ["/entrypoint.sh: line 3: /app/config.json: Read-only file system", "/app/config.json"],
  ["java.io.FileNotFoundException: /srv/app/out.bin (Read-only file system)", "/srv/app/out.bin"],
  ["cp: cannot create regular file '/etc/app.conf': Permission denied", "/etc/app.conf"],
  ["PermissionError: [Errno 13] Permission denied: '/run/app.pid'", "/run/app.pid"],
  ["PermissionError: [Errno 13] Permission denied: '/run/tmpc__gjrs9'", "/run/tmpc__gjrs9"],
  ['open() "/var/log/nginx/access.log" failed (13: Permission denied)', "/var/log/nginx/access.log"],
  ["chown: changing ownership of '/var/cache/x': Operation not permitted", "/var/cache/x"],
  ["EACCES: permission denied, mkdir '/data/.'", "/data/"],
  ["Error: EACCES: permission denied, mkdir 'cache'", "/srv/cache"],
  ["Error: EROFS: read-only file system, open './out/visits.txt'", "/srv/out/visits.txt"],
  ["Error: EROFS: read-only file system, open '../visits.txt'", "/visits.txt"],
  ["OSError: [Errno 30] Read-only file system: 'celerybeat-schedule'", "/srv/celerybeat-schedule"],
  ["PermissionError: [Errno 13] Permission denied: 'celerybeat.pid'", "/srv/celerybeat.pid"],
  ["mkdir: cannot create directory ‘uploads’: Permission denied", "/srv/uploads"],
  ["sh: 1: cannot create out/x: Permission denied", "/srv/out/x"],
  ["panic: mkdir store: read-only file system", "/srv/store"],
  ["java.io.FileNotFoundException: out/x.bin (Read-only file system)", "/srv/out/x.bin"],
])("%s → %s", (line, path) => {
  expect(deniedWrites(run(line), WHERE)).toEqual([{ path, line: line.trim() }]);
});

test.each([
  ["a key that cannot be read", 'cannot load key "/etc/ssl/private/k.pem": Permission denied'],
  ["a log that is read", "cannot open '/var/log/app.log' for reading: Permission denied"],
  ["a program that may not be started", "exec /app/run: permission denied"],
  ["a port", "bind() to 0.0.0.0:80 failed (13: Permission denied)"],
  ["no path", "Read-only file system"],
  ["a mount", "EROFS: read-only file system, open '/tmp/x'"],
  ["the kernel's", "sysctl: cannot write /proc/sys/vm/x: Read-only file system"],
  ["a file that is not there", "open '/app/x': No such file or directory"],
  ["nothing refused", "wrote /app/x"],
  ["a mount, by a relative path", "EACCES: permission denied, mkdir 'data/x'"],
  ["a table", "ERROR: permission denied for table 'visits' while creating an index"],
  ["a user", "could not save: Permission denied for user 'web'"],
  ["a program by its relative path", "exec ./run: permission denied"],
  ["a relative path that is read", "EACCES: permission denied, open 'secrets/key'"],
  ["a port by its name", "failed to create listener http: permission denied"],
  ["an address", "creating 'https://api.example/x': permission denied"],
  ["no message", `EROFS: read-only file system, open '/app/x' ${"x".repeat(2_000)}`],
])("%s is no refused write: %s", (_, line) => {
  expect(deniedWrites(run(line), WHERE)).toEqual([]);
});

test("a path is told once, with what was said of it first", () => {
  const both = `${NODE}\nEROFS: read-only file system, unlink '/app/visits.txt'`;
  expect(deniedWrites(run(both), WHERE)).toEqual([{ path: "/app/visits.txt", line: NODE }]);
});

test.each([
  [
    "Error: Unable to open log file /var/log/mosquitto/mosquitto.log for writing.",
    "/var/log/mosquitto/mosquitto.log",
  ],
  ['open() "/var/log/nginx/error.log" failed (2: No such file or directory)', "/var/log/nginx/error.log"],
  ["EROFS: read-only file system, open '/app/logs/out'", "/app/logs/out"],
  ["FileNotFoundError: [Errno 2] No such file or directory: '/srv/app.log'", "/srv/app.log"],
  ["PermissionError: [Errno 13] Permission denied: 'app.log'", "/srv/app.log"],
  ["Error: EACCES: permission denied, open 'logs/out'", "/srv/logs/out"],
])("%s: the log file is %s", (line, path) => {
  expect(deniedLogs(run(line), WHERE)).toEqual([{ path, line }]);
});

test.each([
  ["a log that is read", "tail: cannot open '/var/log/app.log': No such file or directory"],
  ["a file that is no log", NODE],
  ["npm's own", "EROFS: read-only file system, open '/root/.npm/_logs/2026-debug-0.log'"],
  ["a log that was opened", "logging to /var/log/app.log"],
  ["no path", "cannot open log file"],
])("%s is no log that was refused: %s", (_, line) => {
  expect(deniedLogs(run(line), WHERE)).toEqual([]);
});

test("what it says on stdout counts, too", () => {
  const trial = trialFacts({ "read-only": server({ more: [said(`${NODE}\n`, "stdout")] }) });
  expect(deniedWrites(phaseRun(trial, "read-only"), WHERE)).toHaveLength(1);
});
