import { expect, test } from "vitest";
import { InvalidInputError } from "../contract/error.ts";
import { errorFields, JsonLog } from "./log.ts";

const NOW = () => Date.parse("2026-06-15T12:00:00Z");

test("writes each event on a line of its own, several together, in their order", async () => {
  const written: string[] = [];
  const lines = new JsonLog(async (text) => void written.push(text), NOW);
  lines.log("info", "one");
  lines.log("error", "two\n{}", { uid: "a\nb" });
  expect(written).toEqual([]);
  await lines.written();
  lines.log("warn", "three", { at: "x".repeat(20_000) });
  expect(written.map((text) => text.split("\n").length - 1)).toEqual([2]);
  await lines.written();
  expect(written[0]).toBe(
    '{"time":"2026-06-15T12:00:00.000Z","level":"info","message":"one"}\n' +
      '{"time":"2026-06-15T12:00:00.000Z","level":"error","message":"two\\n{}","uid":"a\\nb"}\n',
  );
  expect(written.length).toBe(2);
});

test("a log that cannot be written says so to who asks", async () => {
  const lines = new JsonLog(async () => Promise.reject(new Error("disk full")), NOW);
  lines.log("info", "one");
  await expect(lines.written()).rejects.toThrow("disk full");
});

test("an error of ours has its code, a defect its place, and anything else its text", () => {
  expect(errorFields(new InvalidInputError("too-deep", { fr: "f", en: "deep" }))).toEqual({
    error: "deep",
    code: "too-deep",
  });
  expect(errorFields(new TypeError("x"))).toMatchObject({
    error: "x",
    stack: expect.stringContaining("log.test.ts"),
  });
  expect(errorFields("text")).toEqual({ error: "text" });
});
