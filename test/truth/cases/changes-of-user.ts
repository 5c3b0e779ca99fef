// Row 1: tools that change the user, by the kernel's rules for users other than root.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const TOOLS =
  "login sg newgrp nsenter unshare chroot start-stop-daemon capsh setpriv runuser doas chpst fakeroot gosu".split(
    " ",
  );

const NEVER =
  "The kernel refuses it to every user but root, and no_new_privs keeps the tool from becoming root.";
const SAME = "A change to the very user that starts is none, and the kernel lets it be.";

export const cases: Cases = [
  start("login -f app", "no", NEVER),
  start("sg video -c /app/server", "no", NEVER),
  start("newgrp video", "no", NEVER),
  start("nsenter -t 1 -m /app/server", "no", NEVER),
  start("unshare -r /app/server", "no", "RuntimeDefault lets no namespace be made: unshare(2) fails."),
  start("unshare --mount /app/server", "no", NEVER),
  start("chroot --userspec=app / /app/server", "no", NEVER),
  start("start-stop-daemon --start --chuid root --exec /app/server", "no", NEVER),
  start("start-stop-daemon -S -c other -x /app/server", "no", NEVER),
  start("capsh --user=app -- -c /app/server", "no", NEVER),
  start("capsh --uid=0 -- -c /app/server", "no", NEVER),
  start("setpriv --reuid 0 --keep-groups /app/server", "no", NEVER),
  start("setpriv --euid=0 --keep-groups /app/server", "no", NEVER),
  start("setpriv --reuid=1000 --init-groups /app/server", "no", "setgroups(2) is root's alone."),
  start("runuser -u app -- /app/server", "no", NEVER),
  start("doas -u app /app/server", "no", NEVER),
  start("setpriv --reuid=1000 --regid=1000 --keep-groups /app/server", "yes", SAME),
  start("setpriv --reuid=$(id -u) --keep-groups /app/server", "yes", SAME),
  start("setpriv --reuid=app --keep-groups /app/server", "yes", SAME),
  start("setpriv --no-new-privs /app/server --groups all", "yes", "The options behind it are the server's."),
  start("setpriv --ambient-caps=-all --inh-caps=-all /app/server", "yes", "What is given up needs no right."),
  start("start-stop-daemon --start --chuid app --exec /app/server", "yes", SAME),
  start(
    "start-stop-daemon -S -x /app/server -- -c /app/config.yml",
    "yes",
    "What stands behind -- is the server's.",
  ),
  start("capsh --print\nexec /app/server", "yes", "It only prints what there is."),
  start("capsh --caps= -- -c /app/server", "yes", "What is given up needs no right."),
  start("chpst -U app /app/server", "yes", "It only sets the variables UID and GID."),
  start("chpst -e /app/env /app/server -u app", "yes", "The options behind it are the server's."),
  start("fakeroot /app/server", "yes", "It makes nobody root: a library says so to the program."),
  start("gosu --version\nexec /app/server", "yes", "It only says which it is."),
  start(
    'set -- web\nuntil [ "$1" = ready ]; do login -f app; break; done\nexec /app/server',
    "no",
    "The body of until runs while its test fails.",
  ),
  start(
    'set -- ready\nuntil [ "$1" = ready ]; do login -f app; done\nexec /app/server',
    "yes",
    "The test holds at once, so that the body never runs.",
  ),
  start(
    "init() {\nlocal all=()\n{ login -f app; }\n}\ninit\nexec /app/server",
    "no",
    "An empty array of local begins no function.",
  ),
  start("/app/login app", "yes", "A program of the application's own."),
];

function start(line: string, answer: Answer, why: string): Case {
  const elf = { content: "\x7fELF", mode: 0o755 };
  return {
    name: `the start calls ${line.replaceAll("\n", " ⏎ ")}`,
    given: image({
      files: {
        "start.sh": { content: `#!/bin/sh\n${line}\n`, mode: 0o755 },
        "bin/sh": elf,
        "app/login": elf,
        "etc/passwd": "root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n",
        ...Object.fromEntries(TOOLS.map((tool) => [`usr/bin/${tool}`, elf])),
      },
      config: { Entrypoint: ["/start.sh"], Env: ["PATH=/usr/bin:/bin"] },
    }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}
