import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileDefaultBind } from "./1.3-dockerfile-default-bind.ts";

test.each([
  [
    "flask run",
    'FROM node:22.12.0-alpine\nCMD ["flask", "run"]',
    { answer: "presumed", at: ["2:1"], notes: [], remedy: expect.stringContaining("--host=0.0.0.0") },
  ],
  [
    "uvicorn behind exec, in ENTRYPOINT",
    "FROM node:22.12.0-alpine\nENTRYPOINT exec uvicorn app:app",
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "gunicorn may have a file: a note",
    'FROM node:22.12.0-alpine\nCMD ["gunicorn", "app:app"]',
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  [
    "rails listens everywhere in production",
    'FROM node:22.12.0-alpine\nCMD ["rails", "server"]',
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  [
    "trap: told by an option",
    'FROM node:22.12.0-alpine\nCMD ["uvicorn", "a:b", "--host", "0.0.0.0"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: told by ENV",
    'FROM node:22.12.0-alpine\nENV FLASK_RUN_HOST=0.0.0.0\nCMD ["flask", "run"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: node",
    'FROM node:22.12.0-alpine\nCMD ["node", "server.js"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileDefaultBind, text)).toMatchObject(expected);
});

test.each([
  [["gunicorn.conf.py"], "pass"],
  [["vite.config.ts"], "presumed"],
  [[], "presumed"],
])("gunicorn, and the context holds %j: %s", (configurations, answer) => {
  const context = { ignored: true, holds: [], configurations };
  const text = 'FROM node:22.12.0-alpine\nCMD ["gunicorn", "app:app"]';
  expect(summary(dockerfileDefaultBind, text, { context }).answer).toBe(answer);
});
