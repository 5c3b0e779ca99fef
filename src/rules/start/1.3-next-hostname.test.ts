import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type FileSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart, shellFormImage } from "../../../test/fixtures/start-script.ts";
import { nextHostname } from "./1.3-next-hostname.ts";

const SERVER = {
  path: "/app/server.js",
  content: "const hostname = process.env.HOSTNAME || '0.0.0.0'\nrequire('next')\n",
};

function check(env: readonly string[], files: readonly FileSketch[] = [SERVER], cmd = ["node", "server.js"]) {
  return checkRule(nextHostname, { image: imageFacts({ config: { cmd, env }, files }) });
}

test("HOSTNAME unset: presumed to miss the other addresses, with the line to write", () => {
  expect(check([])).toMatchObject({
    status: "fail",
    presumed: true,
    findings: [
      {
        message: { en: expect.stringContaining("HOSTNAME is not set") },
        at: { path: "config.Env[HOSTNAME]" },
      },
    ],
  });
  expect(nextHostname.remedy.en).toContain("ENV HOSTNAME=0.0.0.0");
});

test("nor is it set where a package's script starts the server", () => {
  expect(checkRule(nextHostname, { image: packageStart("node server.js", [SERVER]) }).status).toBe("fail");
});

test("another HOSTNAME is named", () => {
  expect(check(["HOSTNAME=localhost"])).toMatchObject({
    findings: [{ message: { en: expect.stringContaining("is localhost") } }],
  });
});

test.each(["0.0.0.0", "::"])("HOSTNAME=%s is right", (hostname) => {
  expect(check([`HOSTNAME=${hostname}`])).toMatchObject({
    status: "pass",
    proof: { en: expect.stringContaining(hostname) },
  });
});

test("so is one that the command or its script sets", () => {
  const files = [SERVER];
  expect(
    checkRule(nextHostname, {
      image: shellFormImage("HOSTNAME=0.0.0.0 node server.js", "/bin/dash", { files }),
    }).status,
  ).toBe("pass");
  expect(
    checkRule(nextHostname, {
      image: shellFormImage("export HOSTNAME=0.0.0.0; exec node server.js", "/bin/dash", { files }),
    }).status,
  ).toBe("pass");
});

test("a server in a workspace's folder, known by its .next", () => {
  const files = [
    { path: "/app/apps/web/server.js", content: "process.env.HOSTNAME" },
    { path: "/app/apps/web/.next/required-server-files.json" },
  ];
  expect(check([], files, ["node", "apps/web/server.js"]).status).toBe("fail");
  expect(
    check(
      [],
      [{ path: "/server.js", content: "process.env.HOSTNAME" }, { path: "/.next/BUILD_ID" }],
      ["node", "/server.js"],
    ).status,
  ).toBe("fail");
});

describe("traps: not this server", () => {
  test.each([
    [
      "a server of its own",
      ["node", "server.js"],
      [{ path: "/app/server.js", content: "require('express')" }],
    ],
    [
      "one that logs HOSTNAME, without Next.js",
      ["node", "server.js"],
      [{ path: "/app/server.js", content: "log(process.env.HOSTNAME)" }],
    ],
    ["one whose text is not known", ["node", "server.js"], []],
    ["next start", ["next", "start"], [SERVER]],
    ["another file", ["node", "index.js"], [SERVER]],
    ["a file that was replaced", ["node", "server.js"], [{ ...SERVER, hidden: true as const }]],
    ["no command", [], [SERVER]],
  ])("%s", (_, cmd, files) => {
    expect(check([], files, cmd).status).toBe("n/a");
  });
});
