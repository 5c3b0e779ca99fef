// Row 7: files that a shell of the start reads before its command, with an address of one environment.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const SETS = "export DB_HOST=db.prod.portail.fr\n";
const READ = "The shell reads the file first: the address is in the image, and the program has it.";
const NOT_READ = "This shell does not read the file.";
const UNKNOWN = "What was not read may hold anything, and is no proof.";
const ACCOUNTS = "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n";
const LONG = "# text\n".repeat(12_000);

interface Start {
  readonly cmd: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly env?: readonly string[];
  readonly user?: string;
}

function started({ cmd, files, env = [], user = "app" }: Start, answer: Answer, why: string): Case {
  const config = { Entrypoint: cmd, Cmd: [], Env: ["PATH=/usr/bin:/bin", ...env], User: user };
  return {
    name: `${cmd.join(" ")} ${env.join(" ")} as ${user} beside ${sizesOf(files)}: ${answer}`,
    given: image({ files: { "etc/passwd": ACCOUNTS, ...files }, config }),
    expect: { "no-baked-state": answer },
    why,
    ...(answer === "yes" ? { trap: true } : {}),
  };
}

function sizesOf(files: Start["files"]): string {
  return Object.entries(files)
    .map(([path, text]) => `${path} (${text.length})`)
    .join(" and ");
}

const RUN = "exec /app/run";
const RETURNS = '[ -z "$PS1" ] && return\n';
const READS =
  'if [ -n "$BASH_VERSION" ]; then\n  if [ -f "$HOME/.bashrc" ]; then\n    . "$HOME/.bashrc"\n  fi\nfi\n';

export const cases: Cases = [
  started({ cmd: ["sh", "-lc", RUN], files: { "home/app/.profile": SETS } }, "no", READ),
  started({ cmd: ["bash", "-lc", RUN], files: { "home/app/.bash_profile": SETS } }, "no", READ),
  started({ cmd: ["bash", "-lc", RUN], files: { "srv/.bash_login": SETS }, env: ["HOME=/srv"] }, "no", READ),
  started(
    { cmd: ["bash", "-lc", RUN], files: { "home/app/.profile": READS, "home/app/.bashrc": SETS + RETURNS } },
    "no",
    READ,
  ),
  started({ cmd: ["bash", "-ic", RUN], files: { "home/app/.bashrc": RETURNS + SETS } }, "no", READ),
  started({ cmd: ["bash", "-ic", RUN], files: { "etc/bash.bashrc": SETS } }, "no", READ),
  started({ cmd: ["bash", "-c", RUN], files: { "app/vars": SETS }, env: ["BASH_ENV=/app/vars"] }, "no", READ),
  started({ cmd: ["sh", "-ic", RUN], files: { "app/vars": SETS }, env: ["ENV=/app/vars"] }, "no", READ),
  started({ cmd: ["zsh", "-c", RUN], files: { "etc/zsh/zshenv": SETS } }, "no", READ),
  started({ cmd: ["zsh", "-lc", RUN], files: { "home/app/.zprofile": SETS } }, "no", READ),
  started(
    { cmd: ["zsh", "-c", RUN], files: { "app/zsh/.zshenv": SETS }, env: ["ZDOTDIR=/app/zsh"] },
    "no",
    READ,
  ),
  started(
    { cmd: ["su", "-", "app", "-c", RUN], files: { "home/app/.profile": SETS }, user: "root" },
    "no",
    READ,
  ),

  started({ cmd: ["bash", "-lc", RUN], files: { "etc/profile.d/app.sh": LONG + SETS } }, "unproven", UNKNOWN),
  started({ cmd: ["sh", "-lc", RUN], files: { "home/app/.profile": LONG + SETS } }, "unproven", UNKNOWN),
  started(
    { cmd: ["bash", "-c", RUN], files: { "app/vars": LONG + SETS }, env: ["BASH_ENV=/app/vars"] },
    "unproven",
    UNKNOWN,
  ),

  started({ cmd: ["bash", "-c", RUN], files: { "home/app/.bash_profile": SETS } }, "yes", NOT_READ),
  started({ cmd: ["sh", "-lc", RUN], files: { "home/app/.bash_profile": SETS } }, "yes", NOT_READ),
  started({ cmd: ["bash", "-lc", RUN], files: { "root/.profile": SETS } }, "yes", NOT_READ),
  started(
    {
      cmd: ["bash", "-lc", RUN],
      files: { "home/app/.bash_profile": "umask 022\n", "home/app/.profile": SETS },
    },
    "yes",
    NOT_READ,
  ),
  started(
    { cmd: ["bash", "-lc", RUN], files: { "home/app/.profile": READS, "home/app/.bashrc": RETURNS + SETS } },
    "yes",
    NOT_READ,
  ),
  started({ cmd: ["sh", "-c", RUN], files: { "app/vars": SETS }, env: ["ENV=/app/vars"] }, "yes", NOT_READ),
  started(
    { cmd: ["sh", "-c", RUN], files: { "app/vars": SETS }, env: ["BASH_ENV=/app/vars"] },
    "yes",
    NOT_READ,
  ),
  started({ cmd: ["bash", "-c", RUN], files: { "etc/profile.d/app.sh": LONG + SETS } }, "yes", NOT_READ),
  started({ cmd: ["bash", "-lc", RUN], files: { "etc/profile.d/app.sh": "umask 022\n" } }, "yes", NOT_READ),
];
