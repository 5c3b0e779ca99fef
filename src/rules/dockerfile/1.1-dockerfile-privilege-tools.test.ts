import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfilePrivilegeTools } from "./declared-rules.ts";

test.each([
  [
    "gosu in ENTRYPOINT",
    'FROM node:22.12.0-alpine\nENTRYPOINT ["gosu", "app", "node"]',
    { answer: "fail", at: ["2:1"], notes: [], says: expect.stringContaining("gosu") },
  ],
  [
    "sudo in a shell form",
    "FROM node:22.12.0-alpine\nUSER 1000\nCMD sudo -u app node x.js",
    { answer: "fail", at: ["3:1"], notes: [] },
  ],
  [
    "trap: an entrypoint script that is not seen",
    'FROM node:22.12.0-alpine\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["node"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: sudo in the build",
    "FROM node:22.12.0-alpine\nRUN sudo make",
    { answer: "pass", at: [], notes: [] },
  ],
  ["trap: no command at all", "FROM node:22.12.0-alpine\n", { answer: "pass", at: [], notes: [] }],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfilePrivilegeTools, text)).toMatchObject(expected);
});
