// Row 1: programs that the start names through variables, other languages and supervisors.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const ELF = { content: "\x7fELF", mode: 0o755 };
const BINARIES: LayerFiles = {
  "bin/sh": ELF,
  "usr/bin/python3": ELF,
  "usr/bin/node": ELF,
  "usr/bin/java": ELF,
  "usr/bin/supervisord": ELF,
  "usr/bin/runsvdir": ELF,
  init: ELF,
};

export const cases: Cases = [
  script(
    "an array of words",
    'CMD=(sudo -E)\nexec "${CMD[@]}" /app/server',
    "no",
    "The array's first word is sudo.",
  ),
  script(
    "a default that is gosu",
    'exec ${RUNNER:-gosu} app "$@"',
    "no",
    "Nothing sets RUNNER: gosu starts.",
  ),
  script("a name that is put together", 'A=su\n${A}-exec app "$@"', "no", "su-exec, by its parts."),
  script("a program that is looked for", 'exec $(command -v gosu) app "$@"', "no", "command -v prints gosu."),
  script("eval of a text", "eval 'exec sudo /app/server'", "no", "eval runs its text."),
  script(
    "a function's own variable",
    'run() { local t=doas; $t "$@"; }\nrun /app/server',
    "no",
    "doas, by a variable.",
  ),
  script(
    "a command from a file",
    "exec $(cat /etc/command)",
    "unproven",
    "The file's words are a program's output.",
  ),
  script(
    "a command from a file, in backquotes",
    "exec `cat /etc/command`",
    "unproven",
    "Backquotes are the older form of $(…): the file's words are a program's output.",
  ),
  script(
    "a command from a file, in backquotes and with arguments behind it",
    "`cat /etc/command` --port 8080",
    "unproven",
    "The program's name is another one's output.",
  ),
  script(
    "a command from a file, in backquotes, behind a wrapper",
    "exec env A=b `cat /etc/command`",
    "unproven",
    "env starts what the file names.",
  ),
  script(
    "a file for node, sought in backquotes",
    "exec node `find /app -name server.js`",
    "yes",
    "node starts; what it is given is a file to load.",
  ),
  script(
    "the environment of an agent, in backquotes",
    'eval `ssh-agent -s`\nexec "$@"',
    "yes",
    "ssh-agent prints variables.",
  ),
  script(
    "a program that is looked for in backquotes",
    "exec `which node` /app/server.js",
    "yes",
    "which prints node.",
  ),
  script(
    "a command that is read",
    "read -r CMD < /etc/command\nexec $CMD",
    "unproven",
    "Nobody knows what is read.",
  ),
  script("eval of an output", 'eval "$(/app/print-start)"', "unproven", "What it prints cannot be read."),
  script(
    "every file of a folder",
    'for f in /start.d/*; do "$f"; done\nexec "$@"',
    "unproven",
    "The files are programs that were not read.",
  ),
  script(
    "a variable that nothing sets",
    "exec $START",
    "unproven",
    "Whoever deploys the image gives it a value.",
  ),
  script(
    "java by its variable",
    'JAVACMD="$JAVA_HOME/bin/java"\nexec "$JAVACMD" $JAVA_OPTS -jar /app/app.jar',
    "yes",
    "Whatever JAVA_HOME is, it ends in java.",
  ),
  script(
    "java by its usual default",
    "exec ${JAVA_CMD:-java} $JAVA_OPTS -jar /app/app.jar",
    "yes",
    "java, with options.",
  ),
  script("a value that is replaced", 'C="sudo x"\nC=/app/server\nexec $C', "yes", "The last value counts."),
  script(
    "files of a folder that are asked for",
    'if [ "$1" = init ]; then for f in /init.d/*; do . "$f"; done; fi\nexec "$@"',
    "yes",
    "The image's own arguments never lead there.",
  ),
  script(
    "a wrapper that nothing sets",
    "exec $WRAPPER /app/server",
    "yes",
    "Without a value, the server itself starts.",
  ),
  script("a switch", '${DEBUG:-false} && set -x\nexec "$@"', "yes", "false, unless someone asks for it."),
  script(
    "variables as arguments",
    'exec /app/server --workers "${WORKERS:-$(nproc)}"',
    "yes",
    "An argument starts nothing.",
  ),
  script(
    "a password from a file",
    'export PW="$(cat /run/secrets/pw)"\nexec "$@"',
    "yes",
    "The output is a value, no command.",
  ),

  started(
    "python calls sudo",
    ["python3", "/app/start.py"],
    { "app/start.py": 'import subprocess\nsubprocess.run(["sudo", "-E", "/app/server"])\n' },
    "unproven",
    "Under which conditions, only a run shows.",
  ),
  started(
    "node spawns su-exec",
    ["node", "/app/start.js"],
    { "app/start.js": 'require("child_process").spawn("su-exec", ["app", "/app/server"]);\n' },
    "unproven",
    "The same in JavaScript.",
  ),
  started(
    "a ruby script that is executed itself",
    ["/start"],
    {
      start: { content: '#!/usr/bin/env ruby\nexec "sudo", "/app/server"\n', mode: 0o755 },
      "usr/bin/env": ELF,
      "usr/bin/ruby": ELF,
    },
    "unproven",
    "The same in Ruby.",
  ),
  started(
    "python speaks of sudo",
    ["python3", "/app/start.py"],
    {
      "app/start.py":
        'import subprocess\n# never sudo\nprint("sans sudo")\nsubprocess.run(["/app/server"])\n',
    },
    "yes",
    "A comment and a message call nothing.",
  ),
  started(
    "python without other programs",
    ["python3", "/app/app.py"],
    { "app/app.py": 'GROUPS = ["sudo", "wheel"]\n' },
    "yes",
    "A list of names.",
  ),

  started(
    "supervisord with user=root",
    ["supervisord", "-n"],
    { "etc/supervisord.conf": "[supervisord]\nuser=root\n" },
    "no",
    "It asks for root.",
  ),
  started(
    "supervisord with another user",
    ["supervisord", "-n"],
    { "etc/supervisor/supervisord.conf": "[program:web]\ncommand=/app/server\nuser=www-data\n" },
    "no",
    "1.1: the start changes the user.",
  ),
  started(
    "supervisord by a file that is included",
    ["supervisord", "-n"],
    {
      "etc/supervisord.conf": "[include]\nfiles = /etc/supervisor.d/*.ini\n",
      "etc/supervisor.d/web.ini": "[program:web]\nuser=root\n",
    },
    "no",
    "The same in a file that is included.",
  ),
  started(
    "runit with chpst",
    ["runsvdir", "/etc/service"],
    { "etc/service/web/run": "#!/bin/sh\nexec chpst -u app /app/server\n" },
    "no",
    "1.1: the service changes the user.",
  ),
  started(
    "s6-overlay with s6-setuidgid",
    ["/init"],
    { "etc/services.d/web/run": "#!/usr/bin/execlineb -P\ns6-setuidgid app\n/app/server\n" },
    "no",
    "The same in execline.",
  ),
  started(
    "supervisord whose file is not there",
    ["supervisord", "-n"],
    {},
    "unproven",
    "Which users it gives, cannot be read.",
  ),
  started(
    "supervisord without users",
    ["supervisord", "-n"],
    { "etc/supervisord.conf": "[program:web]\ncommand=/app/server\n;user=root\n" },
    "yes",
    "A comment asks for nothing; that it supervises is row 10's.",
  ),
  started(
    "supervisord that includes another folder, with a comment behind it",
    ["supervisord", "-n"],
    {
      "etc/supervisord.conf": "[include]\nfiles = /etc/other/*.conf ; the application's\n",
      "etc/supervisor/conf.d/web.conf": "[program:web]\ncommand=/app/server\nuser=root\n",
    },
    "yes",
    "What is not included asks for nothing.",
  ),
  started(
    "supervisord that includes a folder by a pattern with blanks behind it",
    ["supervisord", "-n"],
    {
      "etc/supervisord.conf": "[include]\nfiles = /etc/supervisor/conf.d/*.conf  \n",
      "etc/supervisor/conf.d/web.conf": "[program:web]\ncommand=/app/server\nuser=root\n",
    },
    "no",
    "The included file asks for root.",
  ),
  started(
    "supervisord with the image's own user",
    ["supervisord", "-n"],
    { "etc/supervisord.conf": "[supervisord]\nuser=1000\n" },
    "yes",
    "It keeps the user that it has.",
  ),
];

function started(
  name: string,
  command: readonly string[],
  files: LayerFiles,
  answer: Answer,
  why: string,
): Case {
  return {
    name,
    given: image({ files: { ...BINARIES, ...files }, config: { Entrypoint: command, Cmd: [] } }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}

function script(name: string, body: string, answer: Answer, why: string): Case {
  const content = `#!/bin/sh\nset -e\n${body}\n`;
  const files = { ...BINARIES, "entrypoint.sh": { content, mode: 0o755 } };
  return {
    name: `a script with ${name}`,
    given: image({ files, config: { Entrypoint: ["/entrypoint.sh"] } }),
    expect: { "non-root": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}
