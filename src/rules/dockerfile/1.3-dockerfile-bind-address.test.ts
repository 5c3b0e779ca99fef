import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileBindAddress } from "./declared-rules.ts";

test.each([
  [
    "HOST is localhost",
    "FROM node:22.12.0-alpine\nENV HOST=127.0.0.1",
    { answer: "presumed", at: ["2:5"], notes: [] },
  ],
  [
    "--host localhost",
    'FROM node:22.12.0-alpine\nCMD ["uvicorn", "a:b", "--host", "localhost"]',
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "trap: DB_HOST is a peer",
    "FROM node:22.12.0-alpine\nENV DB_HOST=localhost\nCMD node x",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: HOST of a discarded stage",
    "FROM node:22 AS b\nENV HOST=127.0.0.1\nFROM node:22",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: overwritten later",
    "FROM node:22.12.0-alpine\nENV HOST=127.0.0.1\nENV HOST=0.0.0.0",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileBindAddress, text)).toMatchObject(expected);
});
