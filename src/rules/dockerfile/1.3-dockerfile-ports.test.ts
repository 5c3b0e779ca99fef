import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfilePorts } from "./1.3-dockerfile-ports.ts";

test.each([
  [
    "80 and 443 are notes",
    "FROM node:22.12.0-alpine\nEXPOSE 80 443/tcp 8080",
    { answer: "pass", at: [], notes: ["2:8", "2:11"], says: expect.stringContaining("EXPOSE 80") },
  ],
  [
    "trap: 8080, a range, an unknown port",
    "FROM node:22.12.0-alpine\nARG PORT\nEXPOSE 8080 3000-3010 $PORT",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfilePorts, text)).toMatchObject(expected);
});
