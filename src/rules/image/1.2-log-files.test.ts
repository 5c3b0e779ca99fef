import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { digestOf, type FileSketch, imageFacts, VERIFIED_BASE } from "../../../test/fixtures/image-facts.ts";
import { logFiles } from "./1.2-log-files.ts";

const LINE = "2026-11-24 14:44:01 INFO started\n";

function check(...files: readonly FileSketch[]) {
  const facts = { base: VERIFIED_BASE };
  return checkRule(logFiles, { image: imageFacts({ files, layers: [{}, {}], facts }) });
}

describe("presumed: the application has written its log into the image", () => {
  test.each([
    ["/app/logs/app.log", LINE],
    ["/app/log/production.log", "I, [2026-11-24T14:44:01.1 #1] INFO -- : x\n"],
    ["/var/log/myapp/app.log.1", '{"level":30,"time":"2026-11-24"}\n'],
    ["/srv/logs/app.out", "Nov 24 14:44:01 host app: x\n"],
    ["/var/log/httpd/access_log", LINE],
    ["/var/log/apache/my.access_log", '::1 - - [24/Nov/2026:14:44:01 +0000] "GET /"\n'],
  ])("%s", (path, content) => {
    expect(check({ path, content, layer: 1 })).toMatchObject({
      status: "fail",
      presumed: true,
      findings: [{ at: { path, layer: digestOf(2) } }],
    });
  });
});

describe("traps: logs that say nothing about the application", () => {
  test.each([
    "/var/log/apt/term.log",
    "/var/log/dpkg.log",
    "/var/log/alternatives.log",
    "/var/log/bootstrap.log",
    "/var/log/faillog.log",
    "/var/log/dnf.rpm.log",
    "/var/log/yum.log",
    "/var/log/dnf5.log",
    "/var/log/zypper.log",
    "/var/log/rhsm/rhsm.log",
    "/var/log/hawkey.log",
    "/var/log/apk.log",
    "/var/log/alternatives.log.1",
    "/app/node_modules/x/build.log",
    "/usr/lib/python3/dist-packages/x/a.log",
    "/usr/share/doc/x/changes.log",
    "/app/tests/fixtures/sample.log",
    "/app/docs/example.log",
    "/app/src/logs/index.js",
  ])("%s", (path) => {
    expect(check({ path, content: LINE, layer: 1 })).toMatchObject({ status: "pass", notes: [] });
  });

  test("a log that only seems to be in the base image is the application's", () => {
    const files = [{ path: "/app/logs/app.log", content: LINE }];
    expect(checkRule(logFiles, { image: imageFacts({ files, layers: [{ base: true }, {}] }) }).status).toBe(
      "fail",
    );
  });

  test.each([
    ["in a base image that was verified", { layer: 0 }],
    ["empty", { layer: 1, size: 0 }],
    ["a link to stdout", { layer: 1, type: "symlink", link: "/dev/stdout" }],
    ["deleted by a later layer", { layer: 1, hidden: true }],
  ] as const)("a log that is %s", (_, file) => {
    expect(check({ path: "/app/logs/app.log", content: LINE, ...file })).toMatchObject({
      status: "pass",
      notes: [],
    });
  });
});

test.each([
  ["/app/logs/app.log", "no stamp here"],
  ["/app/logs/binary.log", undefined],
  ["/app/npm-debug.log", LINE],
  ["/home/app/_logs/2026-debug-0.log", LINE],
])("%s is noted only", (path, content) => {
  const outcome = check({ path, layer: 1, ...(content === undefined ? {} : { content }) });
  expect(outcome).toMatchObject({ status: "pass", notes: [{ at: { path } }] });
});

test("a log in a layer that the evidence does not list still counts", () => {
  expect(check({ path: "/app/logs/app.log", content: LINE, layer: 7 })).toMatchObject({
    findings: [{ at: { path: "/app/logs/app.log" } }],
  });
});
