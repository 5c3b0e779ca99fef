import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { digestOf, type FileSketch, imageFacts, VERIFIED_BASE } from "../../../test/fixtures/image-facts.ts";
import { leftovers } from "./1.4-leftovers.ts";

function check(...files: readonly FileSketch[]) {
  return checkRule(leftovers, {
    image: imageFacts({
      files: files.map((file) => ({ layer: 1, ...file })),
      layers: [{}, { base: true }, {}],
      facts: { base: VERIFIED_BASE },
    }),
  });
}

test("the Git repository, a test folder and a lock file are noted once each, never refused", () => {
  const outcome = check(
    { path: "/app/.git", type: "directory" },
    { path: "/app/package-lock.json" },
    { path: "/app/src/__tests__", type: "directory" },
    { path: "/app/test", type: "directory" },
    { path: "/app/yarn.lock" },
  );
  expect(outcome).toMatchObject({
    status: "pass",
    notes: [
      { at: { path: "/app/.git", layer: digestOf(2) } },
      { at: { path: "/app/src/__tests__" } },
      { at: { path: "/app/package-lock.json" } },
    ],
  });
});

test("applications in /usr/src and /usr/share/nginx/html are applications", () => {
  expect(check({ path: "/usr/src/app/.git", type: "directory" }).notes).toHaveLength(1);
  expect(check({ path: "/usr/share/nginx/html/.git", type: "directory" }).notes).toHaveLength(1);
});

test("what only seems to be the base's is noted, after what the application brought", () => {
  const believed = { path: "/opt/x/.git", type: "directory" } as const;
  const verified = { ...believed, layer: 0 };
  const own = { path: "/z/.git", type: "directory", layer: 2 } as const;
  expect(check(believed)).toMatchObject({ notes: [{ at: { path: "/opt/x/.git" } }] });
  expect(check(verified, own)).toMatchObject({ notes: [{ at: { path: "/z/.git" } }] });
  expect(check(believed, own)).toMatchObject({ notes: [{ at: { path: "/z/.git" } }] });
});

test.each([
  ["in dependencies", { path: "/app/node_modules/x/test", type: "directory" }],
  ["of the system", { path: "/usr/lib/python3.12/test", type: "directory" }],
  ["deleted by a later layer", { path: "/app/.git", type: "directory", hidden: true }],
  ["a file called test", { path: "/usr/bin/test" }],
  ["what Bundler reads at run time", { path: "/app/Gemfile.lock" }],
] as const)("trap: %s, silent", (_, file) => {
  expect(check(file)).toMatchObject({ status: "pass", notes: [] });
});
