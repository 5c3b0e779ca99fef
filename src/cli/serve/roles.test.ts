import { expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { parseRole, ROLES, verifyRole } from "./roles.ts";

test("every role is known by its name, and nothing else is one", () => {
  for (const role of Object.keys(ROLES)) expect(parseRole(role)).toBe(role);
  expect(() => parseRole("examiners")).toThrow("all, admission, examiner, watcher, trial");
  expect(() => parseRole("constructor")).toThrow("write one of these roles");
});

test("a role that shares nothing, or watches nothing, is refused", () => {
  const none = { database: undefined, watch: undefined };
  expect(() => verifyRole("all", none)).not.toThrow();
  expect(() => verifyRole("examiner", none)).toThrow("roles share a database");
  expect(() => verifyRole("watcher", { ...none, database: "postgres:///x" })).toThrow("give --watch");
  expect(() => verifyRole("watcher", { database: "postgres:///x", watch: "in-cluster" })).not.toThrow();
  expect(() => verifyRole("trial", { ...none, database: "postgres:///x" })).toThrow("give --trial-key");
  expect(() => verifyRole("trial", { database: "postgres:///x", trialKey: "k" })).not.toThrow();
  expect(() => verifyRole("all", { ...none, trialKey: "k" })).toThrow("--role all does not make");
});

test("an examiner needs no certificate, and says what it opens", async () => {
  const argv = ["serve", "--role", "examiner", "--database", "postgres:///x", "--check-config"];
  const { exit, stdout } = await douane(argv, { now: () => new Date() });
  expect([exit, stdout.split("\n")[0]]).toEqual([
    0,
    "role: examiner, which examines unknown images that other replicas ask for; it opens /livez and /readyz alone, by HTTP",
  ]);
  expect(stdout).not.toContain("exempt namespaces");
  expect(stdout).toContain("registries: all, except at a private address");
  const admission = await douane(["serve", "--role", "admission", "--database", "postgres:///x"]);
  expect([admission.exit, admission.stderr]).toEqual([64, expect.stringContaining("--tls-cert")]);
});
