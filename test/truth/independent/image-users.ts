import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const PASSWD =
  "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/sbin/nologin\napp:x:1000:1000::/app:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n";

/** The user of an image given alone, and changes of user by its entrypoint. */
export const cases: Cases = [
  user("1000", "yes", "a uid that is not zero"),
  user("65532:65532", "yes", "uid and group of distroless' nonroot, both numeric"),
  user("1000:0", "yes", "the root group is not the root user; OpenShift's images are made so"),
  user("2147483647", "yes", "the greatest uid that runtimes take"),
  user("4294967296", "no", "beyond what runtimes take: unresolvable, and zero in 32 bits"),
  user("0", "no", "root"),
  user("0:1000", "no", "root in another group"),
  user("root", "no", "root by its name"),
  user("", "no", "no USER is root"),
  user("app", "no", "the kubelet cannot verify a name, and no manifest sets a uid"),
  user("toor", "no", "a name for uid 0"),
  user("nobody", "no", "the kubelet cannot verify a name"),
  user("app:1000", "no", "the user's half is a name"),
  user("000", "no", "three zeros are zero"),
  user("$UID", "no", "a variable that nobody resolves is a name that is not in passwd"),
  starts("sudo", "no", "sudo is an escalation by its purpose", { Entrypoint: ["sudo", "-E", "/app/server"] }),
  starts("su", "no", "su is an escalation by its purpose", {
    Entrypoint: ["su", "app", "-c", "/app/server"],
  }),
  starts("gosu", "no", "gosu changes the user, which needs root", {
    Entrypoint: ["/usr/local/bin/gosu", "app", "/app/server"],
  }),
  starts("su-exec", "no", "su-exec changes the user, which needs root", {
    Entrypoint: ["su-exec", "app:app", "/app/server"],
  }),
  starts("sudo behind sh -c", "no", "the shell runs sudo", {
    Cmd: ["sh", "-c", "sudo chown -R app /data && exec /app/server"],
  }),
  starts("sudo behind tini", "no", "tini runs sudo", {
    Entrypoint: ["/sbin/tini", "--"],
    Cmd: ["sudo", "/app/server"],
  }),
  starts("env before the program", "yes", "env runs the program as the same user", {
    Entrypoint: ["env", "LANG=C.UTF-8", "/app/server"],
  }),
  starts("tini before the program", "yes", "tini runs the program as the same user", {
    Entrypoint: ["/sbin/tini", "--", "/app/server"],
  }),
  starts("an argument that reads sudo", "yes", "an argument of the program is no command", {
    Entrypoint: ["/app/server"],
    Cmd: ["--allow-command=sudo"],
  }),
  script(
    "a drop of root that is unreachable",
    '#!/bin/sh\nset -e\nif [ "$(id -u)" = "0" ]; then\n  exec gosu app "$0" "$@"\nfi\nexec "$@"\n',
    "yes",
    "only root takes the branch, and the container is uid 1000",
  ),
  script(
    "the same with su-exec",
    '#!/bin/sh\nif [ "$(id -u)" -eq 0 ]; then\n  chown -R app /data\n  exec su-exec app "$@"\nfi\nexec "$@"\n',
    "yes",
    "only root takes the branch, and the container is uid 1000",
  ),
  script(
    "the branch of everybody else",
    '#!/bin/sh\nif [ "$(id -u)" != "0" ]; then\n  exec sudo -E "$0" "$@"\nfi\nexec "$@"\n',
    "no",
    "uid 1000 takes the branch that asks for root",
  ),
  script(
    "gosu without a condition",
    '#!/bin/sh\nset -e\nmkdir -p /data\nexec gosu app "$@"\n',
    "no",
    "every start runs gosu",
  ),
  script(
    "sudo of one step before the program",
    '#!/bin/sh\nsudo sysctl -w net.core.somaxconn=1024\nexec "$@"\n',
    "no",
    "every start runs sudo",
  ),
  script("sudo in a comment", '#!/bin/sh\n# never use sudo here\nexec "$@"\n', "yes", "a comment is not run"),
  script(
    "sudo in a message",
    '#!/bin/sh\n[ -w /tmp ] || echo "run it with sudo" >&2\nexec "$@"\n',
    "yes",
    "a message is not run",
  ),
  script(
    "the documented entrypoint of a database",
    '#!/usr/bin/env bash\nset -Eeo pipefail\n_main() {\n  if [ "$1" = postgres ]; then\n    mkdir -p "$PGDATA"\n    if [ "$(id -u)" = "0" ]; then\n      exec gosu postgres "$BASH_SOURCE" "$@"\n    fi\n  fi\n  exec "$@"\n}\n_main "$@"\n',
    "yes",
    "the guard keeps uid 1000 from gosu",
  ),
];

function user(name: string, answer: Answer, why: string): Case {
  return one(`USER ${name === "" ? "absent" : name}`, answer, why, { User: name }, {});
}

function starts(name: string, answer: Answer, why: string, config: Readonly<Record<string, unknown>>): Case {
  return one(name, answer, why, config, {
    "usr/bin/env": { content: "\x7fELF", mode: 0o755 },
    "usr/bin/sudo": { content: "\x7fELF", mode: 0o4755 },
    "usr/local/bin/gosu": { content: "\x7fELF", mode: 0o755 },
    "sbin/su-exec": { content: "\x7fELF", mode: 0o755 },
    "sbin/tini": { content: "\x7fELF", mode: 0o755 },
  });
}

function script(name: string, text: string, answer: Answer, why: string): Case {
  const config = { Entrypoint: ["/entrypoint.sh"], Cmd: ["/app/server"] };
  return one(name, answer, why, config, { "entrypoint.sh": { content: text, mode: 0o755 } });
}

function one(
  name: string,
  answer: Answer,
  why: string,
  config: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, { readonly content: string; readonly mode: number }>>,
): Case {
  return {
    name,
    given: image({ files: { "etc/passwd": PASSWD, ...files }, config }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}
