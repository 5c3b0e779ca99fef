import { expect, test } from "vitest";
import { reportOrigin } from "./report-origin.ts";

const CONTEXT = { argv: ["check", "deploy/"], env: {}, now: () => new Date("2026-06-15T12:00:00Z") };

test("a report says when, by which command, and by which policy", async () => {
  expect(await reportOrigin(CONTEXT, "policy.yaml")).toEqual({
    date: "2026-06-15T12:00:00.000Z",
    command: "douane check deploy/",
    policy: "policy.yaml",
  });
});

test("the command can be run again", async () => {
  const { command } = await reportOrigin({ ...CONTEXT, argv: ["check", "it's here", "a;b"] }, undefined);
  expect(command).toBe(String.raw`douane check 'it'\''s here' 'a;b'`);
});

test("a secret in it is masked, and what is too much is cut", async () => {
  const token = ["glpat", "a1B2c3D4e5F6g7H8i9J0"].join("-");
  const argv = [`registry.example/x?token=${token}`, ..."x".repeat(2_000)];
  const { command } = await reportOrigin({ ...CONTEXT, argv }, undefined);
  expect(command).not.toContain(token);
  expect(command).toHaveLength(1_001);
});

test.each([
  ["1700000000", "2023-11-14T22:13:20.000Z"],
  ["yesterday", "2026-06-15T12:00:00.000Z"],
])("SOURCE_DATE_EPOCH %s makes it %s", async (epoch, date) => {
  expect((await reportOrigin({ ...CONTEXT, env: { SOURCE_DATE_EPOCH: epoch } }, undefined)).date).toBe(date);
});
