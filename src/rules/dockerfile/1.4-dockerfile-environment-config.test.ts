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
    "from a stage",
    "FROM node:22 AS b\nFROM node:22\nCOPY --from=b /app/.env.production ./",
    { answer: "presumed", at: ["3:1"], notes: [] },
  ],
  [
    "from a stage, the environment's folder",
    "FROM node:22 AS b\nFROM node:22\nCOPY --from=b /app/config/prod/app.yaml /etc/app.yaml",
    { answer: "presumed", at: ["3:1"], notes: [] },
  ],
  ["by a pattern", "FROM node:22\nCOPY package.json .env* ./", { answer: "presumed", at: ["2:1"] }],
  [
    "another name becomes .env",
    "FROM node:22\nCOPY docker/env.txt /app/.env",
    { answer: "presumed", at: ["2:1"] },
  ],
  ["a here-document", "FROM node:22\nCOPY <<EOF /app/.env\nA=b\nEOF", { answer: "presumed", at: ["2:1"] }],
  [
    "written by RUN",
    'FROM node:22\nRUN echo "API_URL=$API_URL" >> .env.production && npm run build',
    {
      answer: "presumed",
      at: ["2:5"],
      remedy: expect.stringContaining("Do not write .env.production in RUN"),
    },
  ],
  ["by a group", "FROM node:22\nRUN { echo A=$A; echo B=$B; } > /app/.env", { answer: "presumed" }],
  [
    "chosen by a variable that names an environment",
    "FROM node:22.12.0-alpine\nARG APP_ENV\nCOPY config/${APP_ENV}/app.yaml /etc/app.yaml",
    { answer: "fail", at: ["3:1"] },
  ],
  [
    "trap: chosen by another variable",
    "FROM node:22.12.0-alpine\nARG VERSION\nCOPY config/$VERSION.yaml /etc/app.yaml",
    { answer: "pass", at: [], notes: [] },
  ],
  ["by tee, of nothing", "FROM node:22\nRUN tee /app/.env < /dev/null", { answer: "presumed", at: ["2:5"] }],
  ["by tee", "FROM node:22\nRUN printenv | tee -a /app/.env", { answer: "presumed", at: ["2:16"] }],
  [
    "by a here-document of RUN",
    "FROM node:22\nRUN <<EOF\ncat > .env\nEOF",
    { answer: "presumed", at: ["3:1"] },
  ],
  ["by a here-document of a command", "FROM node:22\nRUN cat <<EOF > .env\nA=b\nEOF", { answer: "presumed" }],
  ["by mv", "FROM node:22\nRUN mv .env.preprod .env", { answer: "presumed", at: ["2:5"] }],
  [
    "the contract's example by RUN",
    "FROM node:22\nCOPY . .\nRUN cp envs/prod/config.yaml /etc/myapp/config.yaml",
    { answer: "presumed", at: ["3:5"] },
  ],
  [
    "removed by a later layer",
    "FROM node:22\nRUN env > .env\nRUN rm .env",
    { answer: "presumed", at: ["2:5"] },
  ],
  [
    "trap: in a discarded stage",
    "FROM node:22 AS b\nCOPY .env ./\nRUN env > .env\nFROM node:22\nCOPY --from=b /app/.env.js ./",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: the same RUN removes it",
    "FROM node:22\nRUN env > .env && npm run build && rm -f .env",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: the same RUN removes all of them",
    "FROM node:22\nRUN env > .env.local && npm run build && rm -f .env*",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: empty, or the example",
    "FROM php:8\nRUN touch .env && : > .env.local && cp .env.example .env\nCOPY .env.dist .env",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: other files, other streams",
    "FROM node:22\nRUN make 2> .env; cat .env > /dev/null; cp a b; cp x\nCOPY src/env.ts src/\nCOPY .env.d.ts ./",
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
