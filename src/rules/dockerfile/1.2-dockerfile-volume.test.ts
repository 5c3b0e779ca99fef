import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileVolume } from "./1.2-dockerfile-volume.ts";

test.each([
  [
    "VOLUME is a note",
    'FROM node:22.12.0-alpine\nVOLUME ["/data", "/var/lib/app"]',
    {
      answer: "pass",
      at: [],
      notes: ["2:8", "2:8"],
      says: expect.stringContaining("/data"),
      remedy: expect.stringContaining("VOLUME /data"),
    },
  ],
  ["none is silent", "FROM node:22.12.0-alpine\n", { answer: "pass", at: [], notes: [] }],
  [
    "trap: of a discarded stage",
    "FROM node:22 AS b\nVOLUME /x\nFROM node:22",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "an inherited one counts",
    "FROM node:22 AS b\nVOLUME /x\nFROM b",
    { answer: "pass", at: [], notes: ["2:8"] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileVolume, text)).toMatchObject(expected);
});
