import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileSignalForwarding } from "./declared-rules.ts";

test.each([
  [
    "npm start is a note",
    'FROM node:22.12.0-alpine\nCMD ["npm", "start"]',
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  [
    "so is yarn in ENTRYPOINT",
    'FROM node:22.12.0-alpine\nENTRYPOINT ["yarn", "start"]',
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  ["trap: node", 'FROM node:22.12.0-alpine\nCMD ["node", "x.js"]', { answer: "pass", at: [], notes: [] }],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileSignalForwarding, text)).toMatchObject(expected);
});
