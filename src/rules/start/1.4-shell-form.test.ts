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
    ["node server.js", "/bin/busybox"],
    ["migrate && node server.js", "/bin/busybox"],
    ["node server.js 2>&1 | cat", "/usr/bin/dash"],
    ["A=1 node server.js", "/usr/bin/dash"],
    ["a; b", "/usr/bin/mystery"],
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
    ["the arguments, whatever they are", '"$@"', "/usr/bin/dash"],
    ["nothing at all", "", "/usr/bin/dash"],
    ["only assignments", "A=1", "/usr/bin/dash"],
  ])("%s", (_, script, shell) => {
    expect(check(script, shell)).toMatchObject({ status: "pass", notes: [] });
  });

  test("the exec form", () => {
    expect(checkRule(shellFormRule, { image: imageFacts() })).toMatchObject({ status: "pass", notes: [] });
  });
});

describe("noted only", () => {
  test.each([
    ["a list in bash", "a && b", "/bin/bash"],
    ["redirections in bash", "a > /tmp/x", "/bin/bash"],
    ["one command in a shell that is not known", "a", "/usr/bin/mystery"],
    ["a shell that traps signals", "trap 'kill 1' TERM; a", "/bin/dash"],
  ])("%s", (_, script, shell) => {
    const outcome = check(script, shell);
    expect(outcome.status).toBe("pass");
    expect(outcome.notes).toHaveLength(1);
  });

  test("a shell that the image does not tell", () => {
    const image = imageFacts({ config: { cmd: ["sh", "-c", "a"] }, steps: [] });
    expect(checkRule(shellFormRule, { image }).notes).toHaveLength(1);
  });
});
