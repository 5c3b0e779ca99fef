import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileContext } from "./1.4-dockerfile-context.ts";

const ENV = { ignored: false, holds: [".env", ".git"] };

test.each([
  [
    "COPY . of a kept stage takes .env along",
    "FROM node:22\nCOPY . .",
    ENV,
    { answer: "presumed", at: ["2:1"], notes: [], says: expect.stringContaining(".env, .git") },
  ],
  [
    "in a discarded stage: a note",
    "FROM node:22 AS b\nCOPY ./ /app\nFROM nginx\nCOPY --from=b / /",
    ENV,
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  [
    ".git alone: a note",
    "FROM node:22\nCOPY . .",
    { ignored: false, holds: [".git"] },
    { answer: "pass", notes: ["2:1"] },
  ],
  [
    "trap: a .dockerignore",
    "FROM node:22\nCOPY . .",
    { ignored: true, holds: [".env"] },
    { answer: "pass", notes: [] },
  ],
  [
    "trap: nothing to hide",
    "FROM node:22\nCOPY . .",
    { ignored: false, holds: [] },
    { answer: "pass", notes: [] },
  ],
  [
    "trap: an example to copy from",
    "FROM node:22\nCOPY . .",
    { ignored: false, holds: [".env.example"] },
    { answer: "pass", notes: [] },
  ],
  ["trap: only some files", "FROM node:22\nCOPY src package.json ./", ENV, { answer: "pass", notes: [] }],
  ["trap: the context is another folder", "FROM node:22\nCOPY . .", undefined, { answer: "pass", notes: [] }],
  ["trap: a file that BuildKit refuses", "FROM node:22\nCOPY . .\nNOPE", ENV, { answer: "unproven" }],
])("%s", (_, text, context, expected) => {
  expect(summary(dockerfileContext, text, context === undefined ? {} : { context })).toMatchObject(expected);
});
