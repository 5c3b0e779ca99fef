import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileSecretArguments } from "./1.4-dockerfile-secret-arguments.ts";

test.each([
  [
    "written by RUN",
    'FROM node:22\nARG NPM_TOKEN\nRUN echo "//registry.npmjs.org/:_authToken=${NPM_TOKEN}" > .npmrc && npm ci',
    { answer: "presumed", at: ["2:5"], says: expect.stringContaining("the image's history") },
  ],
  ["not even used", "FROM node:22\nARG NPM_TOKEN\nRUN npm ci", { answer: "presumed", at: ["2:5"] }],
  ["with an empty default", 'FROM node:22\nARG SENTRY_AUTH_TOKEN=""\nRUN npm ci', { answer: "presumed" }],
  ["in the stage below", "FROM node:22 AS a\nARG NPM_TOKEN\nRUN npm ci\nFROM a", { answer: "presumed" }],
  ["used by the stage above", "FROM node:22 AS a\nARG NPM_TOKEN\nFROM a\nRUN npm ci", { answer: "presumed" }],
  [
    "kept by ENV",
    "FROM node:22\nARG DB_PASSWORD\nENV DB_PASSWORD=$DB_PASSWORD",
    { answer: "presumed", at: ["3:5"], says: expect.stringContaining("ENV") },
  ],
  [
    "kept by ENV of the stage above",
    "FROM node:22 AS a\nARG DB_PASSWORD\nFROM a\nENV PW=x${DB_PASSWORD}",
    { answer: "presumed", at: ["4:5"] },
  ],
  [
    "in a discarded stage",
    "FROM node:22 AS b\nARG NPM_TOKEN\nRUN npm ci\nFROM node:22",
    { answer: "pass", notes: ["2:5"], says: expect.stringContaining("build cache") },
  ],
  ["trap: nothing behind it", "FROM node:22\nRUN npm ci\nARG NPM_TOKEN", {}],
  ["trap: a stage beside it", "FROM node:22 AS a\nARG NPM_TOKEN\nFROM node:22\nRUN npm ci", {}],
  ["trap: about a secret", "FROM node:22\nARG NPM_TOKEN_FILE\nARG PUBLIC_KEY\nARG GPG_KEY\nRUN make", {}],
  ["trap: sent to the browser", "FROM node:22\nARG NEXT_PUBLIC_MAPBOX_TOKEN\nRUN npm run build", {}],
  ["trap: a placeholder", "FROM node:22\nARG SECRET_KEY=dummy\nRUN make", {}],
  ["trap: a mount", "FROM node:22\nARG V\nRUN --mount=type=secret,id=NPM_TOKEN npm ci", {}],
  ["trap: an ARG for FROM", "ARG REGISTRY_TOKEN\nFROM node:22\nRUN npm ci", {}],
])("%s", (_, text, expected) => {
  const result = summary(dockerfileSecretArguments, text);
  expect(result).toMatchObject({ answer: "pass", notes: [], ...expected });
});
