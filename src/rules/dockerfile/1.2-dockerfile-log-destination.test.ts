import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileLogDestination } from "./declared-rules.ts";

test.each([
  [
    "LOG_FILE names a file",
    "FROM node:22.12.0-alpine\nENV LOG_FILE=/var/log/app.log",
    { answer: "presumed", at: ["2:5"], notes: [] },
  ],
  [
    "an option names a file",
    'FROM node:22.12.0-alpine\nCMD ["gunicorn", "--access-logfile", "/app/access.log", "app"]',
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "a redirection leads to one",
    "FROM node:22.12.0-alpine\nCMD exec node x.js >> /var/log/app.log",
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "trap: the standard output",
    'FROM node:22.12.0-alpine\nENV LOG_FILE=/dev/stdout\nCMD ["gunicorn", "--access-logfile", "-", "app"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: LOG_LEVEL, a variable of the base",
    "FROM node:22.12.0-alpine\nENV LOG_LEVEL=debug LOG_DIR=$BASE_LOGS",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileLogDestination, text)).toMatchObject(expected);
});
