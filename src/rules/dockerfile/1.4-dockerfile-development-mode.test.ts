import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileDevelopmentMode } from "./declared-rules.ts";

test.each([
  [
    "npm run dev",
    'FROM node:22.12.0-alpine\nCMD ["npm", "run", "dev"]',
    { answer: "fail", at: ["2:1"], notes: [] },
  ],
  [
    "NODE_ENV=development",
    "FROM node:22.12.0-alpine\nENV PORT=1 NODE_ENV=development",
    { answer: "fail", at: ["2:12"], notes: [], remedy: expect.stringContaining("ENV NODE_ENV=production") },
  ],
  [
    "trap: in a discarded stage",
    "FROM node:22 AS dev\nENV NODE_ENV=development\nCMD npm run dev\nFROM node:22",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: production, npm's debug",
    "FROM node:22.12.0-alpine\nENV NODE_ENV=production DEBUG=app:*",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileDevelopmentMode, text)).toMatchObject(expected);
});
