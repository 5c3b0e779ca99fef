import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileHealthcheck } from "./1.3-dockerfile-healthcheck.ts";

test.each([
  [
    "HEALTHCHECK is a note",
    "FROM node:22.12.0-alpine\nHEALTHCHECK --interval=5s CMD curl -f http://localhost/health",
    { answer: "pass", at: [], notes: ["2:1"], says: expect.stringContaining("curl -f") },
  ],
  [
    "one whose answer is always the same is not to be taken up",
    "FROM node:22.12.0-alpine\nHEALTHCHECK CMD curl -f http://localhost/health || exit 0",
    { answer: "pass", at: [], notes: ["2:1"], says: expect.stringContaining("do not take it up") },
  ],
  [
    "trap: one that fails when the application does",
    "FROM node:22.12.0-alpine\nHEALTHCHECK CMD curl -f http://localhost/health || exit 1",
    { answer: "pass", at: [], notes: ["2:1"], says: expect.stringContaining("has to be taken up") },
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
