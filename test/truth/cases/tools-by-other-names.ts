// Row 1: tools that change the user under another name than their own, or behind another program.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const ELF = { content: "\x7fELF", mode: 0o755 };
const PROGRAMS = "bin/sh bin/bash bin/busybox usr/bin/env usr/bin/xargs usr/bin/sudo sbin/su-exec".split(" ");
const BINARIES: LayerFiles = Object.fromEntries(PROGRAMS.map((path) => [path, ELF]));
const PATH = ["PATH=/usr/bin:/bin:/sbin"];

export const cases: Cases = [
  script(
    "#!/usr/bin/sudo /bin/sh",
    "exec /app/server",
    "no",
    "The kernel starts sudo, which reads the script.",
  ),
  script("#!/usr/bin/env -S sudo -E sh", "exec /app/server", "no", "The same behind env."),
  script(
    "#!/bin/sh",
    "sh <<'EOF'\nsudo /app/server\nEOF",
    "unproven",
    "What a shell is fed is not followed.",
  ),
  script("#!/bin/sh", "echo 'sudo /app/server' | sh", "unproven", "The same by a pipe."),
  script(
    "#!/bin/sh",
    "wget -qO- https://x.gouv.fr/i | sh -s\nexec /app/server",
    "unproven",
    "Nobody knows it.",
  ),
  script("#!/bin/sh", "command sudo /app/server", "no", "command starts it, whatever is called sudo."),
  script("#!/bin/sh", "echo /app/server | xargs sudo", "no", "xargs starts it."),
  script("#!/bin/sh", "exec /app/run app /app/server", "no", "/app/run is a link to su-exec."),
  started(["/app/run", "app", "/app/server"], "no", "A link to su-exec, whatever it is called."),
  started(["busybox", "su", "app", "-c", "/app/server"], "no", "busybox is su by its first argument."),
  started(["/usr/bin/env", "-S", "sudo -E /app/server"], "no", "env takes the word apart."),
  started(["/usr/bin/env", "-S", "A=b /app/server sudo"], "yes", "sudo is an argument of the server's."),
  started(["/app/current", "su"], "yes", "A link to the server, whose argument is su."),
  started(["busybox", "env", "/app/server"], "yes", "Another applet."),
  script(
    "#!/bin/sh",
    "command -v sudo >/dev/null\nexec /app/server",
    "yes",
    "command -v only tells where it is.",
  ),
  script("#!/usr/bin/env sh", "cat <<EOF\nsudo sh\nEOF\nexec /app/server", "yes", "cat prints a text."),
  script("#!/bin/sh", "ls /app | sh -c :\nexec /app/server", "yes", "The shell has its commands from -c."),
  copied("su-exec", "Usage: %s user-spec command [args]", ["/app/as", "app", "/app/server"], "no"),
  copied("gosu", "path\tgithub.com/tianon/gosu", ["/app/as", "app", "/app/server"], "no"),
  copied("sudo", "%s must be owned by uid %d and have the setuid bit set", ["/app/as", "/app/server"], "no"),
  copied("BusyBox", "BusyBox is a multi-call binary", ["/app/as", "su", "app", "-c", "/app/server"], "no"),
  copied("BusyBox", "BusyBox is a multi-call binary", ["/app/as", "env", "/app/server"], "yes"),
  copied("a server that speaks of sudo", "run sudo or gosu first", ["/app/as", "/app/server"], "yes"),
  hardLinked("sbin/su-exec", ["/app/as", "app", "/app/server"], "no", "The same file under two names."),
  hardLinked("usr/bin/sudo", ["/app/as", "-E", "/app/server"], "no", "The same of sudo."),
  hardLinked("usr/bin/env", ["/app/as", "/app/server"], "yes", "env changes no user."),
  called("app/run", "exec su-exec app /app/server", 0o755, "exec /app/run", "no"),
  called("app/run", "exec su-exec app /app/server", 0o644, ". /app/run\nexec /app/server", "no"),
  called("app/run.txt", "sudo /app/server", 0o644, "sh /app/run.txt", "no"),
  called("app/run", "echo sudo\nexec /app/server", 0o755, "exec /app/run", "yes"),
  called("app/LICENSE", "sudo is a registered word", 0o755, "cat /app/LICENSE\nexec /app/server", "yes"),
];

/** The tool copied under a neutral name. */
function copied(what: string, text: string, command: readonly string[], answer: Answer): Case {
  const files = { "app/as": { content: `\x7fELF\0\0${text}\0`, mode: 0o755 } };
  const why = answer === "no" ? "A copy is that program, whatever it is called." : "It changes no user.";
  return one(`a copy of ${what}: ${JSON.stringify(command)}`, command, files, answer, why);
}

function hardLinked(target: string, command: readonly string[], answer: Answer, why: string): Case {
  const files = { "app/as": { hardLink: target } };
  return one(`a hard link to ${target}: ${JSON.stringify(command)}`, command, files, answer, why);
}

/** A text without `#!`, or one that is not executable: a shell reads it all the same. */
function called(path: string, text: string, mode: number, start: string, answer: Answer): Case {
  const files = {
    [path]: { content: `${text}\n`, mode },
    "start.sh": { content: `#!/bin/sh\n${start}\n`, mode: 0o755 },
  };
  const name = `${start.replaceAll("\n", " ⏎ ")}, where ${path} is ${text.replaceAll("\n", " ⏎ ")}`;
  return one(name, ["/start.sh"], files, answer, "What the shell reads is part of the start.");
}

function script(interpreter: string, body: string, answer: Answer, why: string): Case {
  const files = { "start.sh": { content: `${interpreter}\n${body}\n`, mode: 0o755 } };
  return one(`${interpreter} ⏎ ${body.replaceAll("\n", " ⏎ ")}`, ["/start.sh"], files, answer, why);
}

function started(command: readonly string[], answer: Answer, why: string): Case {
  return one(JSON.stringify(command), command, {}, answer, why);
}

function one(name: string, command: readonly string[], files: LayerFiles, answer: Answer, why: string): Case {
  const links = {
    "app/run": { type: "symlink", link: "/sbin/su-exec" },
    "app/current": { type: "symlink", link: "server" },
  } as const;
  return {
    name,
    given: image({ files: { ...BINARIES, ...links, ...files }, config: { Cmd: command, Env: PATH } }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}
