// Row 9: probes whose result does not depend on the application, and probes that act too late.

import type { Answer } from "../../../src/contract/verdict.ts";
import { server as serving, write } from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

const PROGRAM = { content: "\x7fELF", mode: 0o755 };
const SCRIPT = { content: "#!/bin/sh\ncurl -f http://localhost:8080/healthz\nexit 0\n", mode: 0o755 };
const HONEST = { content: "#!/bin/sh\ncurl -f http://localhost:8080/healthz\n", mode: 0o755 };
const TOOLS =
  "sh bash cat test ls kill pgrep pidof curl grep redis-cli pg_isready stat date timeout env node sleep";
const IMAGE = imageOf({
  files: {
    "app/server": PROGRAM,
    "app/hollow.sh": SCRIPT,
    "app/health.sh": HONEST,
    "etc/passwd": { content: "app:x:1000:1000::/:/bin/sh\n" },
    ...Object.fromEntries(TOOLS.split(" ").map((name) => [`usr/bin/${name}`, PROGRAM])),
  },
  config: { Env: ["PATH=/usr/bin"], Entrypoint: ["/app/server"] },
});
const TMP = { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] };

export const cases: Cases = [
  ...hollow(
    ["timeout", "5", "sh", "-c", ":"],
    ["env", "A=1", "sleep", "0"],
    ["kill", "-0", "1"],
    ["ls", "/"],
  ),
  ...hollow(
    ["cat", "/etc/passwd"],
    ["test", "-f", "/app/server"],
    ["test", "-d", "/tmp"],
    ["/app/hollow.sh"],
  ),
  ...hollow(["sh", "/app/hollow.sh"], ["node", "-e", "process.exit(0)"], ["node", "--version"]),
  ...hollow(["pidof", "server"]),
  ...hollow(["sh"], ["sh", "/dev/null"], ["node"], ["curl", "-f", "http://localhost:8080/", "--help"]),
  ...hollow(
    ...[
      "curl -f localhost:8080 || true",
      "curl -f localhost:8080; exit 0",
      "curl -f localhost:8080; echo ok",
      "curl -s localhost:8080 | cat",
      "curl -f localhost:8080 &",
      "[ 1 = 1 ]",
      "if curl -f localhost:8080; then echo up; fi",
      "trap 'exit 0' EXIT; curl -f localhost:8080",
      "up() { curl -f localhost:8080; return 0; }; up",
      "x=0; curl -f localhost:8080; exit $x",
      "ps aux | grep server",
      "curl -f localhost:8080 && exit 1 || exit 1",
      "while curl -f localhost:8080; do break; done",
      "until true; do curl -f localhost:8080; done",
      "curl -f localhost:8080 > /dev/null; [ $? -lt 256 ]",
    ].map((text) => ["bash", "-c", text]),
  ),
  ...sound(["pg_isready"], ["/app/server", "--health"], ["/app/health.sh"], ["sh", "/app/health.sh"]),
  ...sound(
    ...[
      "redis-cli ping | grep PONG",
      "curl -f localhost:8080 || exit 1",
      "curl -f localhost:8080; exit $?",
      "curl -f localhost:8080; rc=$?; echo $rc; exit $rc",
      "set -e; curl -f localhost:8080; echo ok",
      "set -o pipefail; curl -sf localhost:8080 | cat",
      "if ! curl -f localhost:8080; then exit 1; fi",
      '[ "$(curl -s localhost:8080)" = ok ]',
      "test ! -f /tmp/stop && curl -f localhost:8080",
      "curl -s localhost:8080 > /tmp/answer; grep ok /tmp/answer",
      "</dev/tcp/localhost/8080",
      "for i in 1 2 3; do curl -f localhost:8080 && exit 0; sleep 1; done; exit 1",
      "until curl -f localhost:8080; do sleep 1; done",
      "while true; do curl -f localhost:8080 && break; sleep 1; done",
      "curl -f localhost:8080; [ $? -lt 1 ]",
    ].map((text) => ["bash", "-c", text]),
  ),
  exec(["cat", "/tmp/healthy"], "unproven", "Nobody knows who writes the file until a trial has seen it."),
  exec(
    ["bash", "-c", "[ $(( $(date +%s) - $(stat -c %Y /tmp/alive) )) -lt 60 ]"],
    "unproven",
    "A file that the application may keep fresh.",
  ),
  exec(["curl", "https://www.example.org/"], "unproven", "Another host's health."),
  exec(["pg_isready", "-h", "db.other"], "unproven", "Another host's health."),
  exec(["bash", "-c", "</dev/tcp/kubernetes.default/443"], "unproven", "Another host's health."),
  {
    ...exec(["cat", "/tmp/healthy"], "yes", "The trial saw the application write the file."),
    name: "exec cat /tmp/healthy, which the application writes during the trial",
    given: {
      ...withImage(manifests(probed(["cat", "/tmp/healthy"])), IMAGE),
      trial: {
        "read-only": serving({ more: [{ ...write("/tmp/healthy"), area: "/tmp" }] }),
      },
    },
  },
];

function probed(command: readonly string[]) {
  return web({ ...TMP, livenessProbe: { exec: { command } } });
}

function exec(command: readonly string[], answer: Answer, why: string): Case {
  return {
    name: `exec ${command.join(" ")}`,
    given: withImage(manifests(probed(command)), IMAGE),
    expect: { health: answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function hollow(...commands: readonly (readonly string[])[]): Cases {
  return commands.map((command) =>
    exec(
      command,
      "no",
      "1.3: representative of the application's state; its result is the same whatever that is.",
    ),
  );
}

function sound(...commands: readonly (readonly string[])[]): Cases {
  return commands.map((command) => exec(command, "yes", "Its result depends on the application's answer."));
}
