import { expect, test } from "vitest";
import * as refusals from "./refusal.ts";

const { expired, notYetValid, otherIssuer, otherProject, otherSubject, unknownCritical, ...constants } =
  refusals;

const AT = Date.UTC(2026, 10, 30, 9, 0, 0, 500);
const END = Date.UTC(2026, 10, 29);

const ALL: readonly (readonly [string, refusals.Refusal])[] = [
  ...Object.entries(constants),
  ["expired", expired(AT, END)],
  ["notYetValid", notYetValid(AT, END)],
  ["unknownCritical", unknownCritical(["2.5.29.30", "1.2.3"])],
  ["otherSubject", otherSubject(["a@example.org", "https://example.org/b"])],
  ["otherIssuer", otherIssuer("https://issuer.example.org")],
  ["otherProject", otherProject({ source: "https://example.org/a", ref: "refs/heads/main" })],
];

test("every refusal has a code and two sentences of its own", () => {
  expect(ALL.length).toBeGreaterThan(15);
  expect(new Set(ALL.map(([, { code }]) => code)).size).toBe(ALL.length);
  expect(new Set(ALL.flatMap(([, { text }]) => [text.fr, text.en])).size).toBe(2 * ALL.length);
});

test.each(ALL)("%s", (_, { code, text }) => {
  expect(code).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
  expect(text.fr.split(" ").length).toBeGreaterThan(4);
  expect(text.en.split(" ").length).toBeGreaterThan(4);
});

test.each([
  ["both times, in seconds", expired(AT, END), ["2026-11-30T09:00:00Z", "2026-11-29T00:00:00Z"]],
  ["both times, in seconds", notYetValid(AT, END), ["2026-11-30T09:00:00Z", "2026-11-29T00:00:00Z"]],
  ["every extension", unknownCritical(["2.5.29.30", "1.2.3"]), ["(2.5.29.30, 1.2.3)"]],
  ["every subject", otherSubject(["a@b", "c\u001b[2J"]), ['by "a@b", "c\\\\u001b[2J",']],
  ["no subject", otherSubject([]), ["by ?,"]],
  ["the issuer", otherIssuer("https://a"), ['from "https://a",']],
  ["no issuer", otherIssuer(undefined), ["from ?,"]],
  ["project and reference", otherProject({ source: "s", ref: "r" }), ['("s", "r")']],
  ["neither project nor reference", otherProject({}), ['("?", "?")']],
])("a refusal quotes %s", (_, { text }, parts) => {
  for (const part of parts) expect(text.en).toContain(part);
});
