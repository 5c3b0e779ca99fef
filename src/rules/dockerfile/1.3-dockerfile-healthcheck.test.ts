import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileHealthcheck } from "./1.3-dockerfile-healthcheck.ts";

test.each([
  [
    "HEALTHCHECK is a note",
    "FROM node:22.12.0-alpine\nHEALTHCHECK --interval=5s CMD curl -f http://localhost/health",
    { answer: "pass", at: [], notes: ["2:1"], says: expect.stringContaining("curl -f") },
  ],
  ["trap: NONE", "FROM node:22.12.0-alpine\nHEALTHCHECK NONE", { answer: "pass", at: [], notes: [] }],
  ["none is silent", "FROM node:22.12.0-alpine\n", { answer: "pass", at: [], notes: [] }],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileHealthcheck, text)).toMatchObject(expected);
});
