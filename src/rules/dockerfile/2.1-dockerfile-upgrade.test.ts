import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileUpgrade } from "./2.1-dockerfile-upgrade.ts";

test.each([
  [
    "apk and apt upgrades are notes",
    "FROM node:22.12.0-alpine\nRUN apk update && apk upgrade --no-cache\nRUN apt-get update && \\\n  apt-get -y dist-upgrade",
    { answer: "pass", at: [], notes: ["2:19", "4:3"], says: expect.stringContaining("apk upgrade") },
  ],
  ["yum update", "FROM node:22.12.0-alpine\nRUN yum -y update", { answer: "pass", at: [], notes: ["2:5"] }],
  [
    "in a here-document",
    "FROM node:22.12.0-alpine\nRUN <<EOF\napk upgrade\nEOF",
    { answer: "pass", at: [], notes: ["3:1"] },
  ],
  [
    "trap: update, one package, a discarded stage",
    "FROM node:22 AS b\nRUN apk upgrade\nFROM node:22\nRUN apt-get update && apk upgrade openssl && npm update && constructor upgrade",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileUpgrade, text)).toMatchObject(expected);
});

test.each([
  ["apk", "upgrade"],
  ["apt", "upgrade full-upgrade dist-upgrade"],
  ["apt-get", "upgrade dist-upgrade"],
  ["dnf", "update upgrade"],
  ["yum", "update upgrade"],
  ["microdnf", "update upgrade"],
])("%s upgrades by %s, and by nothing else", (name, verbs) => {
  const notes = (verb: string) =>
    summary(dockerfileUpgrade, `FROM node:22.12.0-alpine\nRUN ${name} -y ${verb}`).notes.length;
  for (const verb of verbs.split(" ")) {
    expect([verb, notes(verb), notes(`${verb}x`), notes(`x${verb}`)]).toEqual([verb, 1, 0, 0]);
  }
  expect(notes("install")).toBe(0);
});
