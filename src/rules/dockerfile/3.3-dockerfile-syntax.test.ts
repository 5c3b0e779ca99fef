import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileSyntax } from "./3.3-dockerfile-syntax.ts";

test.each([
  ["a valid file", "FROM node:22.12.0-alpine\nCMD []", { answer: "pass", at: [], notes: [] }],
  [
    "an instruction that is none",
    "FROM node:22.12.0-alpine\nRUN a\n  && b",
    { answer: "fail", at: ["3:3"], notes: [], says: expect.stringContaining("unknown instruction") },
  ],
  [
    "JSON with single quotes goes to the shell",
    "FROM node:22.12.0-alpine\nCMD ['node', 'x.js']",
    { answer: "pass", at: [], notes: ["2:1"], says: expect.stringContaining("double quotes") },
  ],
  [
    "two mistakes",
    "FROM node:22.12.0-alpine\nUSER\nFROM a b",
    { answer: "fail", at: ["2:1", "3:1"], notes: [] },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileSyntax, text)).toMatchObject(expected);
});
