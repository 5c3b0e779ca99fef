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

describe("behind another condition, a note", () => {
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
    expect(outcome.status).toBe("pass");
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
    // Its failure is tested: the start may go on without it.
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
