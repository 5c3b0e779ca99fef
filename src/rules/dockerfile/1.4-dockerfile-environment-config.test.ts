import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileEnvironmentConfig } from "./1.4-dockerfile-environment-config.ts";

test.each([
  [
    "the contract's example",
    "FROM node:22.12.0-alpine\nCOPY envs/prod/config.yaml /etc/myapp/config.yaml",
    {
      answer: "fail",
      at: ["2:1"],
      notes: [],
      says: expect.stringContaining("COPY bakes"),
      remedy: expect.stringContaining("COPY envs/prod/config.yaml"),
    },
  ],
  [".env", "FROM node:22.12.0-alpine\nCOPY .env ./", { answer: "presumed", at: ["2:1"], notes: [] }],
  [
    "ADD of .env.production",
    "FROM node:22.12.0-alpine\nADD .env.production /app/.env",
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "both weigh as the heavier",
    "FROM node:22.12.0-alpine\nCOPY .env ./\nCOPY envs/prod/config.yaml /etc/a.yaml",
    { answer: "fail", at: ["2:1", "3:1"], notes: [] },
  ],
  [
    "named on both sides: a note",
    "FROM node:22.12.0-alpine\nCOPY config/production.json config/production.json",
    { answer: "pass", at: [], notes: ["2:1"] },
  ],
  [
    "trap: examples, build settings, nginx",
    "FROM node:22.12.0-alpine\nCOPY .env.example tsconfig.prod.json ./\nCOPY nginx/prod.conf /etc/nginx/conf.d/default.conf",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nginx on both sides",
    "FROM node:22.12.0-alpine\nCOPY conf/prod.conf conf/prod.conf",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: from a stage, in a discarded stage",
    "FROM node:22 AS b\nCOPY .env ./\nFROM node:22\nCOPY --from=b /app/.env.js ./\nCOPY --from=b /app/.env ./",
    { answer: "pass", at: [], notes: [] },
  ],
  ["trap: everything", "FROM node:22.12.0-alpine\nCOPY . .", { answer: "pass", at: [], notes: [] }],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileEnvironmentConfig, text)).toMatchObject(expected);
});
