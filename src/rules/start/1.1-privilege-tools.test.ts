import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { packageStart, startScript } from "../../../test/fixtures/start-script.ts";
import { privilegeTools } from "./1.1-privilege-tools.ts";

function command(line: string) {
  return checkRule(privilegeTools, { image: imageFacts({ config: { cmd: line.split(" ") } }) });
}

function script(text: string) {
  return checkRule(privilegeTools, { image: startScript(text) });
}

describe("refused: the start changes the user", () => {
  test.each([
    "gosu app node x.js",
    "tini -- su-exec app node x.js",
    "/usr/bin/sudo -E node x.js",
    "doas -u app x",
    "chroot --userspec=1000:0 / x",
    "setpriv --reuid=1000 --clear-groups x",
    "s6-setuidgid app x",
    "runuser -u app x",
    "chpst -u app x",
  ])("%s", (line) => {
    expect(command(line)).toMatchObject({ status: "fail", findings: [{ at: { path: "config.Cmd" } }] });
  });

  test("in the script of a package", () => {
    const image = packageStart("gosu app node server.js");
    expect(checkRule(privilegeTools, { image }).status).toBe("fail");
  });

  test.each([
    'exec gosu app "$@"',
    "chown app /data\nsu app -c 'node x'",
    'if [ "$1" = node ]; then\n exec su-exec app "$@"\nfi',
    'set -- gosu app "$@"\nexec "$@"',
    "sudo chown app /x && exec node y",
    'if [ "$(id -u)" != 0 ]; then\n exec gosu app "$@"\nfi',
    'if [ "$(id -u)" = 0 ]; then\n exec node x\nfi\nexec gosu app node x',
  ])("in a script: %j", (text) => {
    expect(script(text).status).toBe("fail");
  });

  test("with the script's line", () => {
    expect(script('x\nexec gosu app "$@"')).toMatchObject({
      findings: [{ at: { path: "/usr/local/bin/entrypoint.sh", line: 3 } }],
    });
  });
});

describe("refused: by another name", () => {
  const step = { mode: 0o755, uid: 0, gid: 0 };

  test.each([
    "busybox su app -c x",
    "/bin/toybox su app",
    "command sudo x",
    "env -S A=b sudo x",
    "xargs -n 1 sudo",
  ])("%s", (line) => {
    expect(command(line).status).toBe("fail");
  });

  test("env -S in one word", () => {
    const image = imageFacts({ config: { cmd: ["env", "-S", "A=b sudo x"] } });
    expect(checkRule(privilegeTools, { image }).status).toBe("fail");
  });

  test.each([
    ["/usr/bin/sudo", "fail"],
    ["/app/server", "pass"],
    // A busybox applet is identified by the link's name.
    ["/bin/busybox", "pass"],
  ])("a link to %s", (file, status) => {
    const image = imageFacts({
      config: { cmd: ["run", "su"] },
      steps: [{ name: "run", file, ...step }],
    });
    expect(checkRule(privilegeTools, { image }).status).toBe(status);
  });

  test.each([
    ["sudo", "fail"],
    ["busybox", "fail"],
    ["env", "pass"],
  ])("a copy of %s", (is, status) => {
    const image = imageFacts({
      config: { cmd: ["/app/run", "su"] },
      steps: [{ name: "/app/run", file: "/app/run", is, ...step }],
    });
    expect(checkRule(privilegeTools, { image }).status).toBe(status);
  });

  test.each([
    ["#!/usr/bin/sudo /bin/sh", "fail"],
    ["#!/usr/bin/env -S gosu app sh", "fail"],
    ["#!/usr/bin/env sh", "pass"],
  ])("a script that begins with %s", (line, status) => {
    const script = `${line}\nexec node\n`;
    const image = imageFacts({
      config: { cmd: ["/run"] },
      steps: [
        { name: "/run", file: "/run", script, ...step },
        { name: "node", file: "/usr/bin/node", ...step },
      ],
    });
    expect(checkRule(privilegeTools, { image }).status).toBe(status);
  });
});

describe("unproven: a shell reads its commands from elsewhere", () => {
  test.each(["sh <<EOF\nsudo x\nEOF", "echo 'sudo x' | sh", "curl -s x | bash -s -- a", "sh -e < /start"])(
    "%j",
    (text) => {
      expect(script(`${text}\nexec node x`)).toMatchObject({
        status: "unproven",
        reason: { en: /from a pipe or a file/ },
      });
    },
  );

  test.each([
    "cat <<EOF\nsh\nEOF",
    "echo x | sh -c cat",
    "cat x | sh /app/read.sh",
    '[ -n "$X" ] && sh < /y',
  ])("trap: %j", (text) => {
    expect(script(`${text}\nexec node x`).status).toBe("pass");
  });
});

describe("refused: through a variable", () => {
  test.each([
    'CMD="sudo -E node x.js"\nexec $CMD',
    "S=su\n$S -c 'node x' app",
    'RUN_AS="gosu app"\nexec $RUN_AS "$@"',
    'TOOL=/usr/sbin/gosu\nexec "$TOOL" app "$@"',
    "A=su\nB=${A}-exec\nexec $B app node x",
    'CMD=(sudo -E node)\nCMD+=(x.js)\nexec "${CMD[@]}"',
    "eval 'exec sudo node x'",
    'CMD="sudo node x"\neval "exec $CMD"',
    'eval sudo "$@"',
    "exec ${RUNNER:-sudo} node x",
    ": ${RUNNER:=sudo}\nexec ${RUNNER:-sudo} node x",
    "exec $(command -v gosu) app node x",
    "G=`which gosu`\n$G app node x",
    'export SU="doas"\nexec env A=b $SU node x',
    'run() { local t=sudo; $t "$@"; }\nrun node x',
    "exec tini -- ${X:-su-exec} app node x",
    "PRE=\nexec $PRE sudo node x",
  ])("%j", (text) => {
    expect(script(text).status).toBe("fail");
  });

  test("by ENV of the image", () => {
    const image = startScript('exec $RUNNER "$@"', { config: { env: ["RUNNER=gosu app"] } });
    expect(checkRule(privilegeTools, { image }).status).toBe("fail");
  });
});

describe("unproven: what the start leads to cannot be read", () => {
  test.each([
    "exec $(cat /cmd)",
    "CMD=$(jq -r .cmd /etc/app.json)\nexec $CMD",
    "read -r CMD < /cmd\nexec $CMD",
    'eval "$(cat /start)"',
    'X=$(get)\neval "exec $X"',
    'for f in /docker-entrypoint.d/*; do "$f"; done',
    'eval "$START"',
    "exec $START",
    "exec $START --port 80",
    "if t; then X=a; else X=b; fi\neval $X",
    'D=$(pwd)\nexec "$D/start-app.sh"',
    '. "/etc/$NAME.sh"\nX=$(get)\n. $X\nexec node x',
  ])("%j", (text) => {
    expect(script(text)).toMatchObject({ status: "unproven", reason: { en: /cannot be read/ } });
  });
});

describe("trap: variables that lead to the program", () => {
  test.each([
    ["java", 'JAVA_OPTS="$JAVA_OPTS -Xmx1g"\nexec $JAVA_CMD $JAVA_OPTS -jar app.jar'],
    ["java, by default", "exec ${JAVA_CMD:-java} $JAVA_OPTS -jar app.jar"],
    [
      "java, of JAVA_HOME",
      'if [ -n "$JAVA_HOME" ]; then JAVACMD="$JAVA_HOME/bin/java"; else JAVACMD=java; fi\nexec "$JAVACMD" -jar app.jar',
    ],
    [
      "gradle's own script",
      'JAVACMD=java\neval "set -- $(printf \'%s\\n\' "$JAVA_OPTS" | xargs -n1)" \'"$@"\'\nexec "$JAVACMD" "$@"',
    ],
    [
      "tomcat",
      '_RUNJAVA="$JRE_HOME"/bin/java\neval exec "\\"$_RUNJAVA\\"" org.apache.catalina.startup.Bootstrap',
    ],
    ["node found in PATH", 'NODE=$(which node)\nexec "$NODE" server.js'],
    ["the arguments", 'exec "$@"'],
    ["the arguments, by name", 'CMD="$@"\nexec $CMD'],
    ["a switch", 'DEBUG=false\n$DEBUG && set -x\nexec "$@"'],
    [
      "nginx",
      'if find /docker-entrypoint.d/ | read v; then find /docker-entrypoint.d/ | while read -r f; do case "$f" in *.sh) if [ -x "$f" ]; then "$f"; fi;; esac; done; fi\nexec "$@"',
    ],
    [
      "postgres",
      '_main() { if [ "$1" = postgres ]; then for f in /docker-entrypoint-initdb.d/*; do case "$f" in *.sh) . "$f";; esac; done; fi; exec "$@"; }\n_main "$@"',
    ],
    ["a wrapper that is set to nothing", "exec $WRAPPER node server.js"],
    ["a value that is replaced", 'C="sudo x"\nC="node x"\nexec $C'],
    ["environment printers", 'eval "$(ssh-agent -s)"\nexec node x'],
    ["eval of nothing", "eval\nexec node x"],
    ["text only", 'MSG="run sudo first"\necho $MSG\nexec node x'],
    ["exports of files", 'export PW="$(cat /run/secrets/pw)"\nexec node x'],
    ["arguments that are computed", "exec node $(find /app -name server.js)"],
    ["uvicorn's workers", 'exec gunicorn --workers "${WORKERS:-$(nproc)}" app:app'],
  ])("%s", (_, text) => {
    expect(script(text)).toMatchObject({ status: "pass", notes: [] });
  });
});

describe("trap: official entrypoints drop root only when they are root", () => {
  test.each([
    [
      "redis",
      'if [ "$1" = \'redis-server\' -a "$(id -u)" = \'0\' ]; then\n find . \\! -user redis -exec chown redis \'{}\' +\n exec gosu redis "$0" "$@"\nfi\nexec "$@"',
    ],
    [
      "postgres",
      '_main() {\n if [ "$(id -u)" = \'0\' ]; then\n  exec gosu postgres "$BASH_SOURCE" "$@"\n fi\n exec "$@"\n}\n_main "$@"',
    ],
    [
      "mongo",
      'if [[ "$1" == mongo* ]] && [ "$(id -u)" = \'0\' ]; then exec gosu mongodb "$BASH_SOURCE" "$@"; fi',
    ],
    [
      "elasticsearch",
      'if [[ "$(id -u)" == "0" ]]; then exec chroot --userspec=1000:0 / "$@"; else exec "$@"; fi',
    ],
    ["wordpress", 'uid="$(id -u)"\nif [ "$uid" = \'0\' ]; then exec su-exec www-data "$@"; fi'],
    ["whoami", 'if [ "$(whoami)" = root ]; then su app; fi'],
    ["EUID", 'if [ "${EUID}" -eq 0 ]; then sudo x; fi'],
    ["negated", 'if [ "$(id -u)" != "0" ]; then exec "$@"; else exec gosu app "$@"; fi'],
    ["! test", 'if ! [ "$(id -u)" -ne 0 ]; then gosu app x; fi'],
    ["zero first", 'if [ 0 = "$(id -u)" ]; then gosu app x; fi'],
    ["leaves first", 'if [ "$(id -u)" -gt 0 ]; then exec "$@"; fi\nexec gosu app "$@"'],
    ["case", 'case "$(id -u)" in 0) exec gosu app "$@";; esac'],
    ["&&", '[ "$(id -u)" = 0 ] && exec gosu app "$@"\nexec "$@"'],
  ])("%s", (_, text) => {
    const outcome = script(text);
    expect(outcome).toMatchObject({ status: "pass", notes: [] });
  });
});

describe("trap: the tool is named, not called", () => {
  test.each([
    'echo "use sudo to run"\nexec "$@"',
    '# sudo is needed\nexec "$@"',
    'if command -v gosu; then echo found; fi\nexec "$@"',
    "cat <<EOF\nsudo x\nEOF",
    "apt_install='sudo'",
    "setpriv --no-new-privs node x",
    "sudoku",
  ])("%j", (text) => {
    expect(script(text)).toMatchObject({ status: "pass", notes: [] });
  });

  test("setpriv that changes no user", () => {
    expect(command("setpriv --no-new-privs node x").status).toBe("pass");
  });
});

describe("behind another condition: unproven, with a note", () => {
  test.each([
    'if [ -n "$PUID" ]; then exec gosu app "$@"; fi\nexec "$@"',
    "sudo -n true || true\nexec node x",
    'if [ "$(id -u)" = 0 ] || [ -n "$X" ]; then gosu app x; fi',
    'if [ "$(id -u)" = 0 ] && [ -n "$X" ]; then a; else gosu app x; fi',
    'case "$(id -u)" in 0|1000) gosu app "$@";; esac',
    'if [ "$(id -u)" -gt 0 -o -n "$X" ]; then gosu a; fi',
    'if [ 0 -gt "$(id -u)" ]; then a; else gosu b; fi',
    'if [ "$X" = ]; then gosu app; fi',
    'if [ -n "$X" ] && [ "$(id -u)" != 0 ]; then gosu app x; fi',
  ])("%j", (text) => {
    const outcome = script(text);
    expect(outcome.status).toBe("unproven");
    expect(outcome.notes).toHaveLength(1);
  });
});

test("a clean start passes and says how much was read", () => {
  expect(script('exec "$@"')).toMatchObject({ proof: { en: expect.stringContaining("scripts read (1)") } });
});

describe("a start that is not known to its end is not proven", () => {
  const script = { name: "run", file: "/run.sh", script: "#!/bin/sh\nexec app\n" };

  test("behind a bound", () => {
    const program = { argv: ["run"], path: "", steps: [script], cut: true } as const;
    expect(checkRule(privilegeTools, { image: imageFacts({ facts: { program } }) })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("startDepth") },
    });
  });

  test("when the image does not hold a program that certainly starts", () => {
    const ghost = imageFacts({ config: { cmd: ["ghost"] }, steps: [{ name: "ghost" }] });
    const called = imageFacts({ config: { cmd: ["run"] }, steps: [script, { name: "app" }] });
    for (const [image, name] of [
      [ghost, "ghost"],
      [called, "app"],
    ] as const) {
      expect(checkRule(privilegeTools, { image })).toMatchObject({
        status: "unproven",
        reason: { en: `programs of the start not found in the image: ${name}` },
      });
    }
  });

  test.each([
    ["it is started for root only", 'if [ "$(id -u)" = 0 ]; then exec ghost; fi\nexec node', "ghost"],
    ["it may not be started", '[ -n "$X" ] && exec ghost\nexec node', "ghost"],
    ["the shell computes its name", "exec $JAVA_HOME/bin/java", "$JAVA_HOME/bin/java"],
  ])("but it is when %s", (_, text, name) => {
    const image = startScript(text);
    const steps = [...image.program.steps, { name }];
    expect(
      checkRule(privilegeTools, { image: asMasked({ ...image, program: { ...image.program, steps } }) })
        .status,
    ).toBe("pass");
  });
});

test("a script that the start script calls or reads is read too", () => {
  const image = startScript(". ./lib.sh\n./prepare.sh || true\nserve");
  const steps = [
    ...image.program.steps,
    { name: "./lib.sh", file: "/app/lib.sh", script: "# functions\nserve() { exec gosu app node; }\n" },
    { name: "./prepare.sh", file: "/app/prepare.sh", script: "#!/bin/sh\nsudo chown app /data\n" },
  ];
  expect(
    checkRule(privilegeTools, { image: asMasked({ ...image, program: { ...image.program, steps } }) }),
  ).toMatchObject({
    status: "fail",
    findings: [{ at: { path: "/app/lib.sh", line: 2 } }],
    // The script tests the command's failure, and may start without it.
    notes: [{ at: { path: "/app/prepare.sh", line: 2 } }],
  });
});

test("an image without a command starts nothing", () => {
  expect(checkRule(privilegeTools, { image: imageFacts({ config: { cmd: [] } }) }).status).toBe("n/a");
});

test("what a layer that was not read may hold is not known", () => {
  const image = imageFacts({ layers: [{}, { unread: { fr: "foreign layer", en: "foreign layer" } }] });
  expect(checkRule(privilegeTools, { image }).status).toBe("unproven");
});

describe("start scripts in other languages", () => {
  test("unproven: a source that the start names, whatever it is called", () => {
    const calls = [{ name: "portal.py", file: "/app/portal.py", tool: "sudo" }];
    const cmd = ["python3", "portal.py"];
    const steps = [{ name: "python3", file: "/usr/bin/python3", mode: 0o755, uid: 0, gid: 0 }];
    const program = { argv: cmd, path: "/bin", steps, calls };
    const image = imageFacts({ config: { cmd, workingDir: "/app" }, facts: { program } });
    expect(checkRule(privilegeTools, { image })).toMatchObject({
      status: "unproven",
      reason: { en: /\/app\/portal\.py seems to call sudo/ },
    });
  });

  test("unproven: code in an argument", () => {
    const image = imageFacts({ config: { cmd: ["python3", "-c", 'import os; os.system("sudo x")'] } });
    expect(checkRule(privilegeTools, { image }).status).toBe("unproven");
  });

  test("unproven: a script that is executed itself", () => {
    const script = '#!/usr/bin/env python3\nimport os\nos.execvp("sudo", ["sudo", "x"])\n';
    const steps = [{ name: "/start", file: "/start", mode: 0o755, uid: 0, gid: 0, script }];
    const image = imageFacts({ config: { cmd: ["/start"] }, steps });
    expect(checkRule(privilegeTools, { image }).status).toBe("unproven");
  });
});

describe("runners of tasks", () => {
  function run(cmd: readonly string[], path: string, content: string) {
    const image = imageFacts({ config: { cmd, workingDir: "/app" }, files: [{ path, content }] });
    return checkRule(privilegeTools, { image }).status;
  }

  test.each([
    ["make run", "/app/Makefile", "run:\n\tsudo node x\n", "fail"],
    ["make run", "/app/Makefile", "run: own\n\tnode x\nown:\n\t-sudo chown app /data\n", "unproven"],
    ["make run", "/app/Makefile", "run:\n\tnode x\ninstall:\n\tsudo apt-get install x\n", "pass"],
    ["make run", "/app/other", "", "unproven"],
    ["make run", "/app/Makefile", "include common.mk\nrun:\n\tnode x\n", "unproven"],
    ["honcho start", "/app/Procfile", "web: gosu app node x\n", "fail"],
    ["honcho start", "/app/Procfile", "web: node x\n", "pass"],
    ["honcho start", "/app/other", "", "unproven"],
  ])("%s with %s %j: %s", (line, path, content, status) => {
    expect(run(line.split(" "), path, content)).toBe(status);
  });
});

describe("guards for root", () => {
  test.each([
    'if (( EUID == 0 )); then exec gosu app "$@"; fi\nexec "$@"',
    "((UID==0)) && exec gosu app x",
    "if ((!EUID)); then gosu app x; fi",
    "(( EUID )) || exec gosu app x",
    "(( $(id -u) == 0 )) && exec gosu app x",
    "if (( EUID > 0 )); then exec node x; fi\ngosu app x",
    "(( 0 == EUID )) && gosu app x",
    "uid=$(id -u)\n(( uid == 0 )) && gosu app x",
    "if [[ $EUID -eq 0 ]]; then gosu app x; fi",
    'test "$UID" -ne 0 || gosu app x',
    '[ x"$(id -u)" = x0 ] && gosu app x',
    '[ "$(id -u)" -lt 1 ] && gosu app x',
    'if [ "$(id -u)" -ge 1 ]; then exec node x; else gosu app x; fi',
    'is_root() { [ "$(id -u)" -eq 0 ]; }\nis_root && exec gosu app x',
    'am_i_root() { if [[ "$(id -u)" = "0" ]]; then true; else false; fi; }\nif am_i_root; then exec chroot --userspec=app / x; fi',
    "am_i_root() {\n  if (( EUID == 0 )); then\n    return 0\n  else\n    return 1\n  fi\n}\nif ! am_i_root; then exec node x; fi\ngosu app x",
    'is_root() { [ "$(id -u)" -eq 0 ]; }\nif is_root && [ -d /data ]; then gosu app x; fi',
  ])("pass: %j", (text) => {
    expect(script(text).status).toBe("pass");
  });

  test.each([
    "(( EUID != 0 )) && exec sudo x",
    "if (( EUID )); then exec sudo x; fi",
    'test "$UID" -ne 0 && sudo x',
    'is_user() { [ "$(id -u)" != 0 ]; }\nif is_user; then exec sudo x; fi',
    'is_root() { [ "$(id -u)" -eq 0 ]; }\nis_root || exec sudo x',
    // The guard is in a function that nothing calls.
    'check() { if [ "$(id -u)" != 0 ]; then exec node x; fi; }\nsudo x',
    // In dash, these are two subshells.
    "((sudo -n x))",
    "((sudo x); y)",
  ])("fail: %j", (text) => {
    expect(script(text).status).toBe("fail");
  });

  test.each([
    "if (( COUNT > 3 )); then sudo x; fi",
    "(( EUID == 0 || FORCE )) && gosu app x",
    'is_root() { [ "$(id -u)" -eq 0 ] || [ -n "$FORCE" ]; }\nif is_root; then gosu app x; fi',
    "is_root() { grep -q x /etc/y; }\nif is_root; then gosu app x; fi",
    'is_root() { [ "$(id -u)" -eq "$1" ]; }\nif is_root 0; then gosu app x; fi',
    'uid=$(id -u)\nuid=5\n[ "$uid" = 0 ] && gosu app x',
    "trap 'sudo rm -f /run/x' EXIT\nnode x",
    "finish() { sudo x; }\ntrap finish TERM\nnode x",
  ])("unproven: %j", (text) => {
    expect(script(text).status).toBe("unproven");
  });

  test.each(["trap - EXIT\nnode x", "trap '' TERM\nnode x", "trap 'echo sudo x' EXIT\nnode x"])(
    "trap: %j",
    (text) => {
      expect(script(text)).toMatchObject({ status: "pass", notes: [] });
    },
  );
});

describe("supervisors", () => {
  const PASSWD = { path: "/etc/passwd", content: "root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n" };

  function supervised(conf: string, cmd = ["supervisord", "-n"], path = "/etc/supervisor/supervisord.conf") {
    const image = imageFacts({ config: { cmd, user: "1000" }, files: [{ path, content: conf }, PASSWD] });
    return checkRule(privilegeTools, { image });
  }

  test.each([
    ["root", "[supervisord]\nnodaemon=true\nuser=root"],
    ["uid 0", "[program:web]\ncommand=nginx\nuser = 0 ; root"],
    ["another user", "[program:web]\ncommand=nginx\nuser=www-data"],
    ["a tool in a command", "[program:web]\ncommand=gosu app node x"],
  ])("refused: %s", (_, conf) => {
    expect(supervised(conf)).toMatchObject({
      status: "fail",
      findings: [
        { at: { path: "/etc/supervisor/supervisord.conf", line: 3 - Number(conf.includes("gosu")) } },
      ],
    });
  });

  test("refused: in a file that is included", () => {
    const files = [
      { path: "/etc/supervisord.conf", content: "[include]\nfiles = /etc/supervisor/conf.d/*.conf" },
      { path: "/etc/supervisor/conf.d/web.conf", content: "[program:web]\nuser=root" },
      { path: "/etc/supervisor/other/x.conf", content: "[program:x]\nuser=root" },
    ];
    const image = imageFacts({ config: { cmd: ["/usr/bin/supervisord"] }, files });
    expect(checkRule(privilegeTools, { image })).toMatchObject({
      status: "fail",
      findings: [{ at: { path: "/etc/supervisor/conf.d/web.conf" } }],
    });
  });

  test.each([
    ["relative to its own", "conf.d/*.conf"],
    ["by its own folder", "%(here)s/conf.d/*.conf"],
    ["beside it", "*.conf"],
  ])("refused: in a file that is included %s", (_, pattern) => {
    const files = [
      { path: "/etc/supervisor/supervisord.conf", content: `[include]\nfiles = ${pattern}` },
      { path: "/etc/supervisor/conf.d/web.conf", content: "[program:web]\nuser=root" },
    ];
    const image = imageFacts({ config: { cmd: ["supervisord"] }, files });
    expect(checkRule(privilegeTools, { image }).status).toBe("fail");
  });

  test("refused: the file that is named", () => {
    const cmd = ["supervisord", "-c", "/app/supervisord.conf"];
    expect(supervised("user=root", cmd, "/app/supervisord.conf").status).toBe("fail");
    expect(supervised("user=root", cmd).status).toBe("unproven");
  });

  test.each([
    ["no user", "[program:web]\ncommand=node x"],
    ["its own, by name", "[program:web]\nuser=app"],
    ["its own, by number", "[supervisord]\nuser=1000"],
    ["a comment", ";user=root\n#user=root\nsuser=root"],
  ])("trap: %s", (_, conf) => {
    expect(supervised(conf).status).toBe("pass");
  });

  test.each([
    ["app", "[supervisord]\nuser=1000"],
    ["4711:4711", "[supervisord]\nuser=4711"],
  ])("trap: USER %s and the user that it is", (user, conf) => {
    const files = [{ path: "/etc/supervisor/supervisord.conf", content: conf }, PASSWD];
    const image = imageFacts({ config: { cmd: ["supervisord", "-n"], user }, files });
    expect(checkRule(privilegeTools, { image }).status).toBe("pass");
  });

  test.each([
    [
      "s6-overlay",
      ["/init"],
      "/etc/services.d/web/run",
      "#!/usr/bin/with-contenv sh\nexec s6-setuidgid app node x",
      "fail",
    ],
    [
      "execline",
      ["/init"],
      "/etc/s6-overlay/s6-rc.d/web/run",
      "#!/command/execlineb -P\ns6-setuidgid app\nnode x",
      "fail",
    ],
    [
      "runit",
      ["runsvdir", "/etc/service"],
      "/etc/service/web/run",
      "#!/bin/sh\nexec chpst -u app node x",
      "fail",
    ],
    [
      "only as root",
      ["/init"],
      "/etc/cont-init.d/10-user",
      '#!/bin/sh\n[ "$(id -u)" = 0 ] && su app -c x',
      "pass",
    ],
    [
      "no change",
      ["/init"],
      "/etc/services.d/web/run",
      "#!/command/execlineb\n# s6-setuidgid app\nnode x",
      "pass",
    ],
    ["nothing found", ["/init"], "/etc/other", "", "unproven"],
    ["another init", ["init"], "/etc/other", "", "pass"],
  ] as const)("%s", (_, cmd, path, content, status) => {
    const image = imageFacts({ config: { cmd }, files: [{ path, content }] });
    expect(checkRule(privilegeTools, { image }).status).toBe(status);
  });
});

describe("accepted: the user that starts", () => {
  const passwd = { path: "/etc/passwd", content: "app:x:1000:2000::/:/bin/sh\n" };

  test.each([
    ["1000", "--reuid=app --regid=2000", "pass"],
    ["app", "--reuid=1000 --regid=2000", "pass"],
    ["1000:3000", "--reuid=app --regid=3000", "pass"],
    ["1000:3000", "--reuid=app --regid=2000", "fail"],
    ["1001", "--reuid=app", "fail"],
    ["ghost", "--reuid=ghost", "pass"],
  ])("USER %s and setpriv %s: %s", (user, options, status) => {
    const cmd = ["setpriv", ...options.split(" "), "--keep-groups", "x"];
    const step = { file: "/x", mode: 0o755, uid: 0, gid: 0 };
    const image = imageFacts({
      config: { user, cmd },
      files: [passwd],
      steps: [
        { name: "setpriv", ...step },
        { name: "x", ...step },
      ],
    });
    expect(checkRule(privilegeTools, { image }).status).toBe(status);
  });
});
