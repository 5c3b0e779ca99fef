// Row 1: sources in other languages, makefiles and guards on the way from the entrypoint.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const ELF = { content: "\x7fELF", mode: 0o755 };
const SUDO = 'import subprocess\nsubprocess.run(["sudo", "-E", "/app/server"])\n';
const UNKNOWN = "Under which conditions a program's call is reached cannot be read: neither yes nor no.";
const FOR_ROOT = "USER 1000 never takes that branch.";

export const cases: Cases = [
  program("python3 /app/portal.py", "app/portal.py", SUDO, "unproven", UNKNOWN),
  program("python3 -m portal.web", "app/portal/web.py", SUDO, "unproven", UNKNOWN),
  program("python3 -u portal", "app/portal/__main__.py", SUDO, "unproven", UNKNOWN),
  program(
    "node dist/main",
    "app/dist/main.js",
    'require("child_process").exec("sudo /x")',
    "unproven",
    UNKNOWN,
  ),
  program(
    "ruby portal",
    "app/portal",
    'exec("sudo x")\n',
    "unproven",
    "A language loads it, whatever its name.",
  ),
  program("python3 /usr/share/portal/web.py", "usr/share/portal/web.py", SUDO, "unproven", UNKNOWN),
  program("python3 web.py", "app/web.py", "import os\nos.setuid(1000)\n", "unproven", UNKNOWN),
  program(
    "python3 web.py",
    "app/web.py",
    'import os\nif os.getuid() != 0:\n    os.execvp("sudo", ["sudo", "x"])\n',
    "unproven",
    "The guard is inverted: USER 1000 takes that branch.",
  ),
  program(
    "python3 web.py",
    "app/web.py",
    'import os\nif os.geteuid() == 0:\n    os.execvp("gosu", ["gosu", "app", "x"])\nprint("ok")\n',
    "yes",
    FOR_ROOT,
  ),
  program(
    "python3 web.py",
    "app/web.py",
    'import subprocess\n# subprocess.run(["sudo", "x"])\nprint("sudo -E is not needed")\n',
    "yes",
    "A comment and a message call nothing.",
  ),
  program(
    "python3 web.py",
    "app/web.py",
    'import argparse, subprocess\nargparse.ArgumentParser().add_argument("-r", help="sudo -E runs it as root")\n',
    "yes",
    "A help text calls nothing.",
  ),
  program("python3 web.py", "app/admin.py", SUDO, "yes", "Another file than the one that starts."),
  program("make run", "app/Makefile", "run:\n\tsudo /app/server\n", "no", "1.1 names sudo."),
  program(
    "make run",
    "app/Makefile",
    "run:\n\t/app/server\ninstall:\n\tsudo apt-get install x\n",
    "yes",
    "Another target.",
  ),
  program("make run", "app/other", "", "unproven", "What make runs was not read."),
  program("honcho start", "app/Procfile", "web: gosu app /app/server\n", "no", "1.1: gosu at run time."),
  program("honcho start", "app/Procfile", "web: /app/server\n", "yes", "No call."),
  script("(( EUID == 0 ))", 'if (( EUID == 0 )); then exec gosu app "$@"; fi\nexec "$@"', "yes", FOR_ROOT),
  script(
    "(( EUID != 0 ))",
    "if (( EUID != 0 )); then exec sudo /app/server; fi",
    "no",
    "USER 1000 takes it.",
  ),
  script(
    "a function that asks for root",
    'am_i_root() { if [[ "$(id -u)" = "0" ]]; then true; else false; fi; }\nif am_i_root; then exec gosu app "$@"; fi\nexec "$@"',
    "yes",
    FOR_ROOT,
  ),
  script(
    "a guard in a function that nothing calls",
    'check() { if [ "$(id -u)" != 0 ]; then exec "$@"; fi; }\nsudo /app/server',
    "no",
    "Nothing calls the function.",
  ),
  script(
    "sudo in a trap",
    "trap 'sudo rm -f /run/x' EXIT\n/app/server",
    "unproven",
    "Whether the trap is reached nobody can tell.",
  ),
  script("a trap that only prints", "trap 'echo sudo x' EXIT\n/app/server", "yes", "A text calls nothing."),
];

function program(cmd: string, path: string, content: string, answer: Answer, why: string): Case {
  const folder = ["python3", "node", "ruby", "make", "honcho"];
  const tools = Object.fromEntries(folder.map((name) => [`usr/bin/${name}`, ELF]));
  return {
    name: `${cmd}, where /${path} is ${JSON.stringify(content)}`,
    given: image({
      files: { ...tools, "app/server": ELF, [path]: content },
      config: { Cmd: cmd.split(" "), Entrypoint: [], WorkingDir: "/app", Env: ["PATH=/usr/bin:/bin"] },
    }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}

function script(name: string, body: string, answer: Answer, why: string): Case {
  return {
    name: `an entrypoint script with ${name}`,
    given: image({
      files: {
        "entrypoint.sh": { content: `#!/bin/bash\nset -e\n${body}\n`, mode: 0o755 },
        "bin/bash": ELF,
      },
      config: { Entrypoint: ["/entrypoint.sh"] },
    }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}
