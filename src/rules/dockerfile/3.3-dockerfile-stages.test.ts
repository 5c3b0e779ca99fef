import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileStages } from "./3.3-dockerfile-stages.ts";

test.each([
  [
    "npm run build in the only stage",
    "FROM node:22.12.0-alpine\nRUN npm ci && npm run build",
    { answer: "pass", at: [], notes: ["2:15"], says: expect.stringContaining("npm run build") },
  ],
  [
    "make, through a wrapper",
    "FROM node:22.12.0-alpine\nRUN env A=1 make",
    { answer: "pass", at: [], notes: ["2:5"] },
  ],
  [
    "the stage that built is the base of the last",
    "FROM golang:1 AS b\nRUN go build ./...\nFROM b",
    { answer: "pass", at: [], notes: ["2:5"] },
  ],
  [
    "trap: multi-stage",
    "FROM node:22 AS b\nRUN npm run build\nFROM nginx:1.27",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: installs only",
    "FROM node:22.12.0-alpine\nRUN npm ci --omit=dev && pip install x && constructor build",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileStages, text)).toMatchObject(expected);
});
