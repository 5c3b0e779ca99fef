import { expect, test } from "vitest";
import { decision } from "../../../test/fixtures/decisions.ts";
import { isAbout, parseApplication } from "./application.ts";
import { ENTRY_SCHEMA, parseEntry } from "./entry.ts";

const entry = (changes: Parameters<typeof decision>[0]) => {
  const parsed = parseEntry({ schema: ENTRY_SCHEMA, kind: "decision", at: "x", decision: decision(changes) });
  if (parsed === undefined) throw new Error("not an entry");
  return parsed;
};

test.each<[string, Parameters<typeof decision>[0], boolean]>([
  ["portal", {}, true],
  ["other", {}, false],
  ["portal/portal", {}, true],
  ["portal/portal", { owner: "ReplicaSet/portal-admin-7d9f6c4b8" }, false],
  ["portal/portal-admin", { owner: "ReplicaSet/portal-admin-7d9f6c4b8" }, true],
  ["portal/portal", { owner: "StatefulSet/portal" }, true],
  // "admin" is no template hash: its alphabet has no vowels.
  ["portal/portal", { owner: "ReplicaSet/portal-admin", name: "x" }, false],
  // A StatefulSet of that name is another workload, though its name looks hashed.
  ["portal/portal", { owner: "StatefulSet/portal-7d9f6c4b8", name: "x" }, false],
  ["portal/portal", { resource: "deployments.apps", name: "portal", owner: "Application/web" }, true],
  ["other/portal", {}, false],
])("%s and %j: %s", (application, changes, isIt) => {
  expect(isAbout(parseApplication(application), entry(changes))).toBe(isIt);
});

test.each(["", "/", "portal/", "/portal", "a/b/c"])("%j is not an application", (text) => {
  expect(() => parseApplication(text)).toThrow(
    expect.objectContaining({ code: "application-name", exit: 64 }),
  );
});
