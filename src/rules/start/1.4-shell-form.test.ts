import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { shellFormImage } from "../../../test/fixtures/start-script.ts";
import { shellFormRule } from "./1.4-shell-form.ts";

function check(script: string, shell = "/usr/bin/dash") {
  return checkRule(shellFormRule, { image: shellFormImage(script, shell) });
}

describe("presumed: the shell stays process 1", () => {
  test.each([
    ["node server.js", "/usr/bin/dash"],
    ["migrate && node server.js", "/usr/bin/dash"],
    ["node server.js 2>&1 | cat", "/usr/bin/dash"],
    ["A=1 node server.js", "/usr/bin/dash"],
    ["node server.js | cat", "/bin/busybox"],
    ["node server.js; exit $?", "/bin/busybox"],
    ["node server.js & wait", "/bin/busybox"],
    ["while true; do node server.js; done", "/bin/busybox"],
    ["node server.js\n", "/bin/busybox"],
    ["run() { node server.js; }; run", "/bin/busybox"],
    ["node server.js 2>&1", "/bin/bash"],
    ["if true; then node server.js; fi", "/bin/bash"],
    ["cd /app && node server.js", "/bin/mksh"],
    ["a | b", "/usr/bin/mystery"],
    ["! a", "/usr/bin/mystery"],
  ])("%s in %s", (script, shell) => {
    expect(check(script, shell)).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [{ at: { path: "config.Cmd" } }],
    });
  });

  test("and the remedy is the line to write", () => {
    expect(check("node server.js --x 'a b'")).toMatchObject({
      findings: [{ remedy: { en: 'Write `CMD ["node","server.js","--x","a b"]`.' } }],
    });
    expect(check("migrate && node $FILE")).toMatchObject({
      findings: [{ remedy: { en: "Put exec before the last command: `CMD … exec node $FILE`." } }],
    });
    const image = shellFormImage("", "/bin/dash", {
      config: { entrypoint: ["/bin/sh", "-c", "node x"], cmd: [] },
    });
    expect(checkRule(shellFormRule, { image })).toMatchObject({
      findings: [{ remedy: { en: 'Write `ENTRYPOINT ["node","x"]`.' } }],
    });
  });
});

describe("traps: the program is process 1", () => {
  test.each([
    ["exec first", "exec node server.js", "/usr/bin/dash"],
    ["exec last", "migrate && exec node server.js", "/bin/busybox"],
    ["`sh -c` with one simple command execs in bash", "node server.js", "/usr/bin/bash"],
    ["with one for which a variable is set", "A=1 node server.js", "/usr/bin/bash"],
    ["and in busybox", "node server.js", "/bin/busybox"],
    ["a list in busybox", "migrate && node server.js", "/bin/busybox"],
    ["a test in busybox", "if [ -f x ]; then node x; else node y; fi", "/bin/busybox"],
    ["redirections in busybox", "node server.js 2>&1", "/bin/busybox"],
    ["a list in zsh", "cd /app; node server.js", "/usr/bin/zsh"],
    ["a trap that handles nothing", "trap - TERM; node server.js", "/bin/busybox"],
    ["a function that hands over", 'run() { exec "$@"; }; run node server.js', "/usr/bin/dash"],
    ["the arguments, whatever they are", '"$@"', "/usr/bin/dash"],
    ["nothing at all", "", "/usr/bin/dash"],
    ["only assignments", "A=1", "/usr/bin/dash"],
  ])("%s", (_, script, shell) => {
    expect(check(script, shell)).toMatchObject({ status: "pass", notes: [] });
  });

  test.each([
    [
      "migrate && gunicorn 'app:create_app()' -b 0.0.0.0:$PORT",
      "CMD … exec gunicorn 'app:create_app()' -b 0.0.0.0:$PORT",
    ],
    ['npm run migrate; node server.js "$NAME" --at "a b"', 'CMD … exec node server.js "$NAME" --at "a b"'],
    ["cd /app && java -jar a\\ b.jar", "CMD … exec java -jar a\\ b.jar"],
    ["gunicorn 'app:create_app()'", 'CMD ["gunicorn","app:create_app()"]'],
  ])("the remedy keeps quotes: %s", (script, line) => {
    const outcome = check(script, "/usr/bin/dash");
    expect(JSON.stringify(outcome)).toContain(JSON.stringify(line).slice(1, -1));
  });

  test("the exec form", () => {
    expect(checkRule(shellFormRule, { image: imageFacts() })).toMatchObject({ status: "pass", notes: [] });
  });
});

describe("noted only", () => {
  test.each([
    ["a list in bash", "a && b", "/bin/bash"],
    ["one command in a shell that is not known", "a", "/usr/bin/mystery"],
    ["a list in a shell that is not known", "a; b", "/usr/bin/mystery"],
    ["what runs when the program has failed", "a || b", "/bin/busybox"],
    ["another script that is read last", "a; . ./start.sh", "/bin/dash"],
    ["a shell that traps signals", "trap 'kill 1' TERM; a", "/bin/dash"],
  ])("%s", (_, script, shell) => {
    const outcome = check(script, shell);
    expect(outcome.status).toBe("pass");
    expect(outcome.notes).toHaveLength(1);
  });

  test.each([
    ["behind env", ["/usr/bin/env", "A=1", "/bin/sh", "-c", "node x"], "fail"],
    ["behind gosu", ["gosu", "app", "sh", "-c", "node x"], "fail"],
    ["behind exec alone, nothing", ["env"], "pass"],
    ["behind an init, which hands signals on", ["tini", "--", "sh", "-c", "node x"], "pass"],
  ])("%s", (_, cmd, status) => {
    const steps = ["sh", "/bin/sh"].map((name) => ({ name, file: "/usr/bin/dash" }));
    expect(checkRule(shellFormRule, { image: imageFacts({ config: { cmd }, steps }) }).status).toBe(status);
  });

  test("a shell that the image does not tell", () => {
    const image = imageFacts({ config: { cmd: ["sh", "-c", "a"] }, steps: [] });
    expect(checkRule(shellFormRule, { image }).notes).toHaveLength(1);
  });
});
