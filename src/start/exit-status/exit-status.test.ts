import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { exitStatus } from "./exit-status.ts";

const SCRIPTS: Readonly<Record<string, string>> = {
  "/app/ok.sh": "#!/bin/sh\nexit 0\n",
  "/app/health.sh": "#!/bin/sh\nset -e\ncurl -f localhost\necho ok\n",
  "/app/lib.sh": "check() { curl localhost; }",
};
const PLACE = {
  scriptOf: (name: string) => (Object.hasOwn(SCRIPTS, name) ? SCRIPTS[name] : undefined),
  shellOf: (name: string) => ({ sh: "/bin/dash", ash: "/bin/busybox" })[name],
};

/** The status as a text: `0 1 application`, with its sources in order. */
function statusOf(command: readonly string[]): string {
  const { zero, other, sources } = exitStatus(command, PLACE);
  return [zero ? "0" : "", other ? "1" : "", [...sources].toSorted().join(", ")]
    .filter((part) => part !== "")
    .join(" ");
}

const sh = (text: string): readonly string[] => ["sh", "-c", text];
const ASKS = "0 1 application";

describe("a command whose status is always the same", () => {
  test.each<[readonly string[], string]>([
    [["true"], "0"],
    [["/bin/busybox", "true"], "0"],
    [["busybox", "sh", "-c", "curl localhost; :"], "0"],
    [["false"], "1"],
    [["test"], "0 1"],
    [["[", "1", "=", "1", "]"], "0"],
    [["[", "1", "=", "2", "]"], "1"],
    [sh("curl localhost; [ $? -gt 255 ]"), "1"],
    [["kill", "-0", "1"], "0"],
    [["kill", "-s", "0", "1"], "0"],
    [["sleep", "0"], "0"],
    [["ls", "-l"], "0"],
    [["which", "curl"], "0 1"],
    [["java", "-version"], "0 1"],
    [["nginx", "-t"], "0 1"],
    [["node", "-e", "process.exit(0)"], "0 1"],
    [["node", "-e", ""], "0 1"],
    [["python3", "-c", "import sys; sys.exit(0)"], "0 1"],
    [["perl", "-e", "1"], "0 1"],
    [["timeout", "5", "sh", "-c", ":"], "0"],
    [["env", "A=1", "tini", "--", "true"], "0"],
    [["time", "true"], "0"],
    [["/app/ok.sh"], "0"],
    [["sh", "/app/ok.sh"], "0"],
    [["sh"], "0"],
    [["bash", "-x"], "0"],
    [["sh", "/dev/null"], "0"],
    [["busybox"], "0"],
    [["busybox", "--list"], "0"],
    [["node"], "0"],
    [["python3"], "0"],
    [["wget", "-q", "-O-", "http://localhost/", "--help"], "0 1"],
  ])("%j → %s", (command, status) => {
    expect(statusOf(command)).toBe(status);
  });

  test.each([
    "",
    ":",
    "curl localhost || true",
    "curl localhost; exit 0",
    "curl localhost; echo ok",
    "curl localhost &",
    "curl localhost & wait",
    "curl localhost | cat",
    "curl -s localhost | tee -a /dev/stderr | wc -l",
    "if curl localhost; then echo up; fi",
    "if curl localhost; then exit 0; else exit 0; fi",
    "if true; then curl localhost; fi; :",
    "curl localhost && exit 0 || exit 0",
    "{ curl localhost; } || true",
    "(curl localhost; exit 0)",
    "(curl localhost) || :",
    "trap 'exit 0' EXIT; curl localhost",
    "check() { curl localhost; return 0; }; check",
    "function check { curl localhost; true; }; check",
    "for i in 1 2; do curl localhost && break; sleep 1; done",
    "case x in x) curl localhost; true;; esac",
    "x=1; [ $x = 1 ]",
    "x=0; curl localhost; exit $x",
    "curl localhost; true; exit $?",
    "curl localhost; true; exit",
    "rc=$(curl localhost); exit 0",
    "export rc=$(curl localhost)",
    "eval true",
    "exec true",
    "exec 3>&1",
    "! false",
    "sh -c 'curl localhost || true'",
    "cat /proc/1/cmdline",
    "exec 2>/dev/null; curl localhost; exit 0",
    "curl localhost | xargs echo",
    "curl localhost | awk '{ print $1 }'",
    "curl localhost > /tmp/answer; true",
    "set -e; curl localhost || true; echo ok",
    "set -e; set +e; curl localhost; true",
    "set -o errexit; set +o errexit; curl localhost; true",
    "set -o pipefail; set +o pipefail; curl localhost | cat",
    "false && curl localhost; true",
    "true || curl localhost",
    "sleep 1; ps aux",
    "ps -p 1",
    "pgrep -f server.js",
    "pgrep -f server.js && true",
    "pgrep sh",
    "ps aux | grep server",
    "cd /app; . /app/lib.sh; check; true",
    "command true",
    "kill -0 $$",
    "if exit; then :; fi; curl localhost",
    "curl localhost; trap 'true' EXIT; exit $?",
    "trap 'exit 0' EXIT; exit 1",
    "f() { nice return; }; f",
    "f() { return & }; f",
    "exit 0 && curl localhost",
    "while exit; do curl localhost; done",
    "while curl localhost; do break; done",
    "while true; do curl localhost; break; done",
    "until curl localhost; do echo down; break; done",
    "while curl localhost; do exit 0; done",
    "until true; do curl localhost; done",
    "while false; do curl localhost; done",
    "curl localhost; [ $? -lt 256 ]",
    'curl localhost; test "$?" -ge 0',
    "curl localhost; [[ ${?} -ne 256 ]]",
    "curl localhost; [ $? -le 255 ]",
    "for i in 1; do exit 0; done",
    "export PATH",
    "set -o pipefail; true | cat",
  ])("always 0: %s", (text) => {
    expect(statusOf(sh(text))).toBe("0");
  });

  test.each([
    "false",
    "exit 1",
    "curl localhost; exit 3",
    "curl localhost && false",
    "set -e; false; true",
    "set -o pipefail; false | cat",
    "exit 3 < /dev/tcp/localhost/80",
  ])("never 0: %s", (text) => {
    expect(statusOf(sh(text))).toBe("1");
  });

  test.each([
    '[ -n "$HOME" ]',
    "echo ok | grep ok",
    "command -v curl",
    "touch /tmp/probe && test -f /tmp/probe",
    "mkdir /tmp/x",
    "grep x",
    "read x",
    'x=1; if [ -n "$HOME" ]; then x=2; fi; exit $x',
    "case $HOME in /) exit 0;; *) exit 1;; esac",
  ])("the same each time, 0 or not: %s", (text) => {
    expect(statusOf(sh(text))).toBe("0 1");
  });
});

describe("a command whose status the application decides", () => {
  test.each<[readonly string[]]>([
    [["/app/server", "--health"]],
    [["curl", "-f", "http://localhost:8080/"]],
    [["curl", "-H", "Host: www.example.org", "http://localhost/"]],
    [["curl", "--resolve", "a.example:80:127.0.0.1", "http://a.example/"]],
    [["wget", "-qO-", "http://$HOSTNAME:8080/"]],
    [["pg_isready"]],
    [["node", "health.js"]],
    [["node", "-e", "require('http').get('http://localhost')"]],
    [["python", "-c", "x".repeat(300)]],
    [["sh", "/app/unknown.sh"]],
    [["nc", "-z", "localhost", "8080"]],
    [["nc", "-z", "-w", "1", "127.0.0.1", "8080"]],
    [["nc", "-zw1", "$POD_IP", "8080"]],
    [["nc", "-U", "/run/app.sock", "1"]],
    [["pg_isready", "-h", "localhost"]],
    [["pg_isready", "-h", "/run/postgresql"]],
    [["redis-cli", "--host=127.0.0.1", "ping"]],
    [["/app/health.sh"]],
    [["bash", "-ec", "curl localhost; echo ok"]],
    [["bash", "-o", "pipefail", "-c", "curl -sf localhost | cat"]],
    [["nginx", "-s", "reload"]],
  ])("%j", (command) => {
    expect(statusOf(command)).toBe(ASKS);
  });

  test.each([
    "curl localhost || exit 1",
    "curl localhost; exit $?",
    "curl localhost; exit",
    "curl localhost; rc=$?; exit $rc",
    "rc=0; curl localhost || rc=1; exit $rc",
    "if curl localhost; then exit 0; else exit 1; fi",
    "if ! curl localhost; then exit 1; fi",
    "if false; then :; elif curl localhost; then :; else exit 1; fi",
    "curl localhost && echo up",
    "! curl localhost",
    "redis-cli ping | grep PONG",
    "curl -s localhost | jq -e .up",
    "curl -s localhost | awk '/up/ { found = 1 } END { exit !found }'",
    "awk 'BEGIN { exit system(\"curl localhost\") }'",
    "set -o pipefail; curl localhost | cat",
    "set -o pipefail; curl localhost | false | cat; true; curl localhost",
    "set -e; curl localhost; echo ok",
    "set -e; true && curl localhost; echo ok",
    "set -e; (curl localhost); echo ok",
    "set -e; check() { curl localhost; }; check; echo ok",
    "until curl localhost; do sleep 1; done",
    "while true; do curl localhost && break; sleep 1; done",
    "while ! curl localhost; do exit 1; done",
    "while true; do curl localhost && continue; break; done",
    "while curl localhost; do if true; then continue; fi; break; done",
    "while curl localhost; do break & done",
    "curl localhost; [ $? -lt 1 ]",
    "curl localhost; [ $? -eq 0 ]",
    "curl localhost; [ $? -le 254 ]",
    "curl localhost; [ $? -gt 0 ]",
    "curl localhost; [ $? -lt 256 -a $? = 0 ]",
    "echo 'curl localhost' | sh",
    "sh < /dev/tcp/localhost/80",
    "while true; do curl localhost && exit 0; sleep 1; done",
    "for i in 1 2; do curl localhost && exit 0; done; exit 1",
    "case $(curl localhost) in ok) exit 0;; *) exit 1;; esac",
    "case `curl localhost` in ok) true;; *) false;; esac",
    'test "$(curl localhost)" = ok',
    '[ "`curl localhost`" = ok ]',
    '[ "$(echo "$(curl localhost)")" = ok ]',
    's=$(curl localhost); [ "$s" = ok ]',
    "s=$(curl localhost)",
    "test `curl localhost` = $(date)",
    "test $(curl localhost) = `date`",
    'test "`curl localhost',
    'test "`date`$(curl localhost)" = x',
    'test "$(date)`curl localhost`" = x',
    "curl localhost & [ $! = 1 ]",
    'curl localhost && up=1; [ "$up" = 1 ]',
    'local s=$(curl localhost); [ "${s}" = ok ]',
    'curl localhost | { read s; [ "$s" = ok ]; }',
    "read s < /dev/tcp/localhost/80",
    "curl localhost > /tmp/answer; grep ok /tmp/answer",
    "curl localhost > /tmp/answer; [ -s /tmp/answer ]",
    "curl localhost && echo up > /tmp/answer; cat < /tmp/answer",
    "(echo > /dev/tcp/localhost/80) 2>/dev/null",
    "exec 3<>/dev/tcp/localhost/80; true",
    "exec 3<>/dev/udp/localhost/80; cat <&3 | grep ok",
    "{ true; } < /dev/tcp/localhost/80",
    "{ grep ok; } < /dev/tcp/localhost/80",
    "{ curl localhost; } 2>/dev/null",
    "grep -q 1F90 /proc/net/tcp",
    "curl localhost & wait $!",
    "check() { curl localhost; }; check",
    "check() { curl localhost; return $?; }; check",
    "function check() { curl localhost; }; check",
    ". /app/lib.sh; check",
    ". /app/unknown.sh",
    "exec curl localhost",
    "curl localhost | xargs test -n",
    'eval "curl localhost"',
    "$BIN ping",
    "test -f /tmp/stop && exit 1; curl localhost",
    "grep ok <<< $(curl localhost)",
    "curl localhost; rc=$?; trap 'true' EXIT; exit $rc",
    "trap 'kill $P' TERM; curl localhost",
    "kill -0 $(curl localhost)",
    "x=a; x+=$(curl localhost); [ $x = ab ]",
    "[[ $(curl localhost) == ok && -n x ]]",
    "(( $(curl localhost) == 1 ))",
  ])("%s", (text) => {
    expect(statusOf(sh(text))).toMatch(/^0 1 .*application/);
  });
});

describe("a command whose status something else decides", () => {
  test.each<[readonly string[], string]>([
    [["cat", "/tmp/ready"], "0 1 file /tmp/ready"],
    [["test", "-f", "ready"], "0 1 file ready"],
    [["stat", "/dev/shm/ready"], "0 1 file /dev/shm/ready"],
    [sh("[ /tmp/a -nt /tmp/b ]"), "0 1 file /tmp/a, file /tmp/b"],
    [sh("find /tmp/alive -mmin -1 | grep ."), "0 1 file /tmp/alive"],
    [sh("[ $(( $(date +%s) - $(stat -c %Y /tmp/alive) )) -lt 60 ]"), "0 1 file /tmp/alive"],
    [sh("read t < /tmp/alive"), "0 1 file /tmp/alive"],
    [sh("sed -n 1p /tmp/alive"), "0 1 file /tmp/alive"],
    [sh("f=/tmp/alive; test -f $f"), "0 1 file /tmp/alive"],
    [sh("awk '{ print }' /tmp/alive"), "0 1 file /tmp/alive"],
    [sh("head -n 1 $(cat /tmp/name)"), "0 1 file /tmp/name"],
    [sh("grep up"), "0 1"],
    [sh("xargs test -f /tmp/x"), "0 1 file /tmp/x"],
    [["pidof", "httpd"], "0 1 process httpd"],
    [["pgrep", "-u", "app", "-f", "server.js"], "0 1 process server.js"],
    [["pgrep"], "0 1 process "],
    [["ash", "-c", "pgrep -f server.js"], "0 1 process server.js"],
    [sh("pgrep -f '[s]erver.js'"), "0 1 process server.js"],
    [sh("pgrep node"), "0 1 process node"],
    [sh("kill -0 $(cat /tmp/pid)"), "0 1 process "],
    [["kill", "-0", "17"], "0 1 process "],
    [["kill"], "0 1 process "],
    [sh("ps aux | grep -v grep | grep server"), "0 1 process server"],
    [sh("ps aux | grep '[s]erver'"), "0 1 process server"],
    [sh("ps aux | grep server | grep -v grep"), "0 1 process server"],
    [["ps", "-C", "httpd"], "0 1 process httpd"],
    [["ps", "-p", "7"], "0 1 process "],
    [["ps", "-p"], "0 1 process "],
    [sh("ls /proc/*/exe"), "0 1 process "],
    [["curl", "https://www.example.org/"], "0 1 host www.example.org"],
    [sh("wget -q https://user@a.example:8080/x"), "0 1 host a.example"],
    [["nc", "-z", "db.example", "5432"], "0 1 host db.example"],
    [["nc", "-z", "-w", "1", "db.example", "5432"], "0 1 host db.example"],
    [["nc", "db.example", "5432", "6432"], ASKS],
    [["nc"], ASKS],
    [["nc", "-z", "db.example", "postgresql"], ASKS],
    [sh("exec 3<>/dev/tcp/db.example/5432"), "0 1 host db.example"],
    [sh("read s < /dev/tcp/db.example/5432"), "0 1 host db.example"],
  ])("%j → %s", (command, status) => {
    expect(statusOf(command)).toBe(status);
  });
});

test("a text that exceeds what is evaluated is an error, no answer", () => {
  expect(() => exitStatus(sh("f() { f; }; f"), PLACE)).toThrow(/30 levels/);
  expect(() => exitStatus(sh("(".repeat(200)), PLACE)).toThrow(/100 levels/);
  expect(() => exitStatus(sh("f() ".repeat(200)), PLACE)).toThrow(/100 levels/);
  expect(() => exitStatus(sh("true;".repeat(LIMITS.shellConditions)), PLACE)).toThrow(/words/);
  const doubling = Array.from({ length: 20 }, (_, index) => `f${index + 1}() { f${index}; f${index}; }`);
  expect(() => exitStatus(sh(`f0() { :; }; ${doubling.join("; ")}; f20`), PLACE)).toThrow(/startedCommands/);
});
