import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileStopSignal } from "./declared-rules.ts";

test.each([
  [
    "SIGKILL",
    "FROM node:22.12.0-alpine\nSTOPSIGNAL SIGKILL",
    { answer: "fail", at: ["2:1"], notes: [], says: expect.stringContaining("killed") },
  ],
  ["no signal", "FROM node:22.12.0-alpine\nSTOPSIGNAL NOPE", { answer: "fail", at: ["2:1"], notes: [] }],
  ["trap: nginx's", "FROM node:22.12.0-alpine\nSTOPSIGNAL SIGQUIT", { answer: "pass", at: [], notes: [] }],
  ["trap: unknown", "FROM node:22.12.0-alpine\nSTOPSIGNAL $SIG", { answer: "pass", at: [], notes: [] }],
  [
    "trap: none, a discarded stage",
    "FROM node:22 AS b\nSTOPSIGNAL SIGKILL\nFROM node:22",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileStopSignal, text)).toMatchObject(expected);
});
