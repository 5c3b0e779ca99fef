import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileSecrets } from "./1.4-dockerfile-secrets.ts";

test.each([
  [
    "ENV",
    "FROM node:22.12.0-alpine\nENV NPM_TOKEN=glpat-aB3dEfGh1jKlMnOpQrSt",
    {
      answer: "fail",
      at: ["2:15"],
      notes: [],
      says: expect.stringContaining("GitLab token in ENV: glpa…(26)"),
    },
  ],
  [
    "ARG",
    "FROM node:22.12.0-alpine\nARG NPM_TOKEN=glpat-aB3dEfGh1jKlMnOpQrSt",
    { answer: "fail", at: ["2:15"], notes: [] },
  ],
  [
    "the old form of ENV",
    "FROM node:22.12.0-alpine\nENV DB_PASSWORD Tr0ub4dor&3x",
    { answer: "fail", at: ["2:17"], notes: [] },
  ],
  [
    "a value with &, whole",
    "FROM node:22.12.0-alpine\nENV DB_PASSWORD=Tr0ub4dor&3x",
    { answer: "fail", at: ["2:17"], notes: [], says: expect.stringContaining("…(12)") },
  ],
  [
    "RUN",
    "FROM node:22.12.0-alpine\nRUN npm config set token \\\n  glpat-aB3dEfGh1jKlMnOpQrSt",
    { answer: "fail", at: ["3:3"], notes: [] },
  ],
  [
    "a here-document",
    "FROM node:22.12.0-alpine\nCOPY <<EOF /app/.npmrc\ntoken=glpat-aB3dEfGh1jKlMnOpQrSt\nEOF",
    { answer: "fail", at: ["3:7"], notes: [] },
  ],
  [
    "a stage below",
    "FROM node:22 AS b\nENV NPM_TOKEN=glpat-aB3dEfGh1jKlMnOpQrSt\nFROM b",
    { answer: "fail", at: ["2:15"], notes: [] },
  ],
  [
    "a discarded stage is a note",
    "FROM node:22 AS b\nENV NPM_TOKEN=glpat-aB3dEfGh1jKlMnOpQrSt\nFROM node:22",
    { answer: "pass", at: [], notes: ["2:15"], says: expect.stringContaining("does not keep") },
  ],
  [
    "before FROM is a note",
    "ARG NPM_TOKEN=glpat-aB3dEfGh1jKlMnOpQrSt\nFROM node:22",
    { answer: "pass", at: [], notes: ["1:15"] },
  ],
  [
    "a local URL is a note",
    "FROM node:22.12.0-alpine\nENV DATABASE_URL=postgres://app:Zx81kPq2vN@localhost/app",
    { answer: "pass", at: [], notes: ["2:33"] },
  ],
  [
    "trap: no default, placeholders, files, mounts",
    "FROM node:22.12.0-alpine\nARG NPM_TOKEN\nARG DB_PASSWORD=changeme\nENV DB_PASSWORD_FILE=/run/secrets/db\nRUN --mount=type=secret,id=npm_token TOKEN=$(cat /run/secrets/npm_token) npm ci",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: a comment",
    "FROM node:22.12.0-alpine\n# ENV NPM_TOKEN=glpat-aB3dEfGh1jKlMnOpQrSt\nRUN a \\\n# glpat-aB3dEfGh1jKlMnOpQrSt\n b",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: a version pin, a checksum",
    "FROM node:22.12.0-alpine\nRUN apk add libtoken=1.2.3-r0\nENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileSecrets, text)).toMatchObject(expected);
});
