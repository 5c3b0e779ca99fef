import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileStartEnvironment } from "./declared-rules.ts";

test.each([
  [
    "an option of CMD",
    'FROM node:22.12.0-alpine\nCMD ["node", "x.js", "--db=db.prod.corp.fr"]',
    { answer: "fail", at: ["2:1"], notes: [] },
  ],
  [
    "an option of ENTRYPOINT, whose host names no environment",
    'FROM node:22.12.0-alpine\nENTRYPOINT ["node", "x.js", "--db-host=pg1.corp.fr"]',
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "trap: a variable and a mode",
    "FROM node:22.12.0-alpine\nCMD exec node x.js --profile=production --db=$DB_HOST",
    { answer: "pass", at: [], notes: [] },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileStartEnvironment, text)).toMatchObject(expected);
});
