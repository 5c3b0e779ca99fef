import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileNextHostname } from "./1.3-dockerfile-next-hostname.ts";

test.each([
  [
    "HOSTNAME is missing",
    'FROM node:22 AS b\nFROM node:22\nCOPY --from=b /app/.next/standalone ./\nCMD ["node", "server.js"]',
    { answer: "presumed", at: ["4:1"], notes: [], says: expect.stringContaining("is not set") },
  ],
  [
    "HOSTNAME is localhost",
    'FROM node:22 AS b\nFROM node:22\nCOPY --from=b /app/.next/standalone ./\nENV HOSTNAME=localhost\nCMD ["node", "server.js"]',
    { answer: "presumed", at: ["4:5"], notes: [], says: expect.stringContaining("is localhost") },
  ],
  [
    "HOSTNAME=0.0.0.0",
    'FROM node:22 AS b\nFROM node:22\nCOPY --from=b /app/.next/standalone ./\nENV HOSTNAME="0.0.0.0"\nCMD ["node", "server.js"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "set on the command line",
    "FROM node:22 AS b\nFROM node:22\nCOPY --from=b /app/.next/standalone ./\nCMD HOSTNAME=0.0.0.0 node server.js",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: another start",
    'FROM node:22 AS b\nFROM node:22\nCOPY --from=b /app/.next/standalone ./\nCMD ["next", "start"]',
    { answer: "n/a", at: [], notes: [] },
  ],
  [
    "trap: no standalone",
    'FROM node:22.12.0-alpine\nCMD ["node", "server.js"]',
    { answer: "n/a", at: [], notes: [] },
  ],
  [
    "trap: a value that is not known",
    'FROM node:22 AS b\nFROM node:22\nCOPY --from=b /app/.next/standalone ./\nENV HOSTNAME=$X\nCMD ["node", "server.js"]',
    { answer: "n/a", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileNextHostname, text)).toMatchObject(expected);
});
