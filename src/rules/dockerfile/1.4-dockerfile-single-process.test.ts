import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileSingleProcess } from "./declared-rules.ts";

test.each([
  [
    "supervisord",
    'FROM node:22.12.0-alpine\nCMD ["supervisord", "-n"]',
    { answer: "fail", at: ["2:1"], notes: [] },
  ],
  [
    "a daemon in the background",
    "FROM node:22.12.0-alpine\nCMD crond; exec node x.js",
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "trap: nginx in front",
    'FROM node:22.12.0-alpine\nCMD ["nginx", "-g", "daemon off;"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileSingleProcess, text)).toMatchObject(expected);
});
