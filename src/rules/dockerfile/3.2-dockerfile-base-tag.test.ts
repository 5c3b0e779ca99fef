import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileBaseTag } from "./3.2-dockerfile-base-tag.ts";

test.each([
  [
    "no tag",
    "FROM node",
    { answer: "pass", at: [], notes: ["1:6"], says: expect.stringContaining("latest is meant") },
  ],
  [
    "latest in a discarded stage",
    "FROM node:latest AS b\nFROM scratch",
    { answer: "fail", at: ["1:6"], notes: [], says: expect.stringContaining("is reused by every release") },
  ],
  [
    "another floating name in a discarded stage",
    "FROM node:current AS b\nFROM scratch",
    { answer: "pass", at: [], notes: ["1:6"], says: expect.stringContaining("is reused by every release") },
  ],
  ["a partial version in the final stage", "FROM node:22-alpine", { answer: "pass", at: [], notes: ["1:6"] }],
  [
    "trap: a partial version in a discarded stage",
    "FROM node:22-alpine AS b\nFROM b AS c\nFROM scratch",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: digest, full version, stages, unknown",
    "ARG B\nFROM node@sha256:aa AS a\nFROM node:22.1.0-alpine AS c\nFROM $B AS d\nFROM c",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: a port is no tag",
    "FROM registry.example:5000/node:20240612",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileBaseTag, text)).toMatchObject(expected);
});
