import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileBuildArguments } from "./1.4-dockerfile-build-arguments.ts";

test.each([
  [
    "an inlined address with a default",
    "FROM node:22.12.0-alpine\nARG NEXT_PUBLIC_API_URL=https://api.recette.exemple.gouv.fr",
    { answer: "fail", at: ["2:5"], notes: [], says: expect.stringContaining("serves one environment") },
  ],
  [
    "in a discarded stage, too",
    "FROM node:22 AS b\nENV VITE_API_URL=https://api.recette.exemple.gouv.fr\nFROM nginx",
    { answer: "fail", at: ["2:5"], notes: [] },
  ],
  [
    "without a default",
    "FROM node:22.12.0-alpine\nARG NEXT_PUBLIC_SITE_URL\nENV NEXT_PUBLIC_SITE_URL=$NEXT_PUBLIC_SITE_URL",
    { answer: "presumed", at: ["2:5"], notes: [], says: expect.stringContaining("ARG NEXT_PUBLIC_SITE_URL") },
  ],
  [
    "not inlined, an address",
    "FROM node:22.12.0-alpine\nARG API_URL",
    { answer: "presumed", at: ["2:5"], notes: [] },
  ],
  [
    "each name once, the heavier",
    "FROM node:22 AS b\nARG VITE_ID\nARG VITE_ID=https://x.recette.exemple.gouv.fr\nFROM b\nARG VITE_ID=https://x.recette.exemple.gouv.fr",
    { answer: "fail", at: ["3:5"], notes: [] },
  ],
  [
    "an identifier is a note",
    "FROM node:22.12.0-alpine\nARG VITE_MATOMO_ID\nARG NEXT_PUBLIC_X=APP_NEXT_PUBLIC_X",
    { answer: "pass", at: [], notes: ["2:5", "3:5"] },
  ],
  [
    "trap: versions, modes, localhost, platforms",
    "FROM node:22.12.0-alpine\nARG NODE_VERSION=20\nARG NODE_ENV=production\nARG TARGETARCH\nARG NEXT_PUBLIC_VERSION\nARG API_URL=http://localhost:3000\nENV API_URL=https://api.exemple.gouv.fr\nENV VITE_X=",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: an ENV that is set to nothing",
    "FROM node:22.12.0-alpine\nENV NEXT_PUBLIC_SITE_URL=",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileBuildArguments, text)).toMatchObject(expected);
});
