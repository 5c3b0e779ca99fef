// Row 12: shells that replace themselves by the last command of `sh -c`, and shells that do not.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { dockerfile } from "../given/folder.ts";
import { image } from "../given/image.ts";

const ELF = { content: "\x7fELF", mode: 0o755 };
const TWO = "/app/migrate && /app/server";

export const cases: Cases = [
  on("dash", "/app/server", "no", "dash stays before its command."),
  on("dash", TWO, "no", "dash stays."),
  on("dash", "A=1 /app/server", "no", "dash stays."),
  on("bash", "/app/server 2>&1", "no", "bash stays before a command with redirections."),
  on("bash", "if true; then /app/server; fi", "no", "bash stays before a compound command."),
  on("busybox", "/app/server | cat", "no", "No shell hands over to a pipeline."),
  on("busybox", "while true; do /app/server; done", "no", "No shell hands over in a loop."),
  on("busybox", "/app/server; exit $?", "no", "exit comes last."),
  on("busybox", "/app/server & wait", "no", "wait comes last, and nothing is trapped."),
  on("busybox", "/app/server", "unproven", "busybox replaces itself; a trial proves the row."),
  on("busybox", TWO, "unproven", "The same for a list."),
  on("busybox", "/app/server 2>&1", "unproven", "The same with redirections."),
  on("bash", "/app/server", "unproven", "bash replaces itself by one command."),
  on("dash", "exec /app/server", "unproven", "exec hands over in every shell."),
  on("dash", "/app/migrate && exec /app/server", "unproven", "The same behind a list."),
  on("mksh", "/app/server", "unproven", "mksh replaces itself by one plain command."),
  on("mksh", TWO, "no", "mksh stays before a list."),
  from("node:22.1.0-slim", "node server.js", "no", "Debian's sh is dash."),
  from("python:3.13.1", "python app.py && true", "no", "The same."),
  from("node:22.1.0-alpine", "node server.js", "unproven", "Alpine's sh is busybox."),
  from("node:22.1.0-alpine", "npm run migrate && node server.js", "unproven", "The same for a list."),
  from("node:22.1.0-alpine", "node server.js | pino-pretty", "no", "No shell hands over to a pipeline."),
  from(
    "registry.access.redhat.com/ubi9/nodejs-22-minimal:9.6",
    "node server.js",
    "unproven",
    "Nobody knows the shell of this base.",
  ),
  from("fedora:42", "node server.js", "unproven", "Fedora's sh is bash."),
];

/** An image whose /bin/sh is a link to this shell. */
function on(shell: string, script: string, answer: Answer, why: string): Case {
  return {
    name: `${shell}: ${script}`,
    given: image({
      files: {
        [`bin/${shell}`]: ELF,
        "bin/sh": { type: "symlink", link: shell },
        "app/server": ELF,
        "app/migrate": ELF,
      },
      config: { Entrypoint: [], Cmd: ["/bin/sh", "-c", script] },
    }),
    expect: { stateless: answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function from(base: string, script: string, answer: Answer, why: string): Case {
  return {
    name: `FROM ${base}: CMD ${script}`,
    given: dockerfile(`FROM ${base}\nUSER 1000\nCMD ${script}\n`),
    expect: { stateless: answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}
