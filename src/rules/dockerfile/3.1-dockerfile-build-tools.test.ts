import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileBuildTools } from "./3.1-dockerfile-build-tools.ts";

test.each([
  [
    "golang stays",
    "FROM golang:1.23",
    { answer: "fail", at: ["1:6"], notes: [], says: expect.stringContaining("brings go") },
  ],
  [
    "node on buildpack-deps",
    "FROM node:22",
    { answer: "fail", at: ["1:6"], notes: [], says: expect.stringContaining("gcc") },
  ],
  [
    "build-base is left",
    "FROM node:22.12.0-alpine\nRUN apk add --no-cache git build-base=0.5-r3",
    { answer: "fail", at: ["2:5"], notes: [], says: expect.stringContaining("build-base") },
  ],
  [
    "apt with options",
    "FROM node:22-slim\nRUN apt-get update && apt-get install -y --no-install-recommends build-essential",
    { answer: "fail", at: ["2:23"], notes: [] },
  ],
  [
    "installed again after the removal",
    "FROM node:22.12.0-alpine\nRUN apk add gcc && apk del gcc\nRUN apk add gcc",
    { answer: "fail", at: ["3:5"], notes: [] },
  ],
  [
    "trap: removed again",
    "FROM node:22.12.0-alpine\nRUN apk add --virtual .build build-base && npm ci && apk del .build",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: removed by a later RUN",
    "FROM node:22-slim\nRUN apt-get install -y gcc\nRUN apt-get purge -y gcc",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: in a discarded stage",
    "FROM golang:1.23 AS b\nRUN apk add gcc\nFROM gcr.io/distroless/static-debian12",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: libraries",
    "FROM node:22-slim\nRUN apt-get install -y libgcc-s1 libgo21 make && go",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: a JRE, someone else's, an unknown name",
    "ARG B\nFROM eclipse-temurin:21-jre-alpine AS a\nFROM $B",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileBuildTools, text)).toMatchObject(expected);
});
