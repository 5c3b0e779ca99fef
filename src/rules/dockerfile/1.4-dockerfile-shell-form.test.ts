import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileShellForm } from "./declared-rules.ts";

test.each([
  [
    "dash stays before one command",
    "FROM node:22.12.0-slim\nCMD node server.js",
    {
      answer: "presumed",
      at: ["2:1"],
      notes: [],
      remedy: expect.stringContaining('CMD ["node","server.js"]'),
    },
  ],
  [
    "dash stays",
    "FROM node:22\nENTRYPOINT node server.js",
    { answer: "presumed", at: ["2:1"], notes: [], remedy: expect.stringContaining('ENTRYPOINT ["node"') },
  ],
  [
    "a list on an unknown base: a note",
    "FROM registry.example/x:1\nCMD a && b",
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  [
    "a pipeline on an unknown base",
    "FROM registry.example/x:1\nCMD a | b",
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "a pipeline on Alpine",
    "FROM node:22.12.0-alpine\nCMD node server.js | pino-pretty",
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "trap: Alpine's shell hands over",
    "FROM node:22.12.0-alpine\nCMD npm run migrate && node server.js 2>&1",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "one command on an unknown base: a note",
    "FROM registry.example/x:1\nCMD node x",
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  [
    "a list in bash: a note",
    "FROM registry.access.redhat.com/ubi9/ubi:9.5\nCMD a && b",
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  [
    "the SHELL of the stage",
    'FROM node:22\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nCMD a && b',
    { answer: "pass", at: [], notes: ["3:1"] },
  ],
  ["trap: one command in bash", "FROM fedora:41\nCMD node x", { answer: "pass", at: [], notes: [] }],
  [
    "trap: exec, the exec form",
    'FROM node:22.12.0-alpine\nENTRYPOINT ["node"]\nCMD ["x.js"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: exec in the shell form",
    "FROM node:22.12.0-alpine\nCMD exec node x.js",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: CMD that ENTRYPOINT resets, of the stage below",
    'FROM node:22 AS b\nCMD node x\nFROM b\nENTRYPOINT ["node"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileShellForm, text)).toMatchObject(expected);
});
