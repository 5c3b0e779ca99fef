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

function noted(command: string): boolean {
  const { answer, notes } = summary(dockerfileStages, `FROM node:22.12.0-alpine\nRUN ${command}`);
  expect(answer).toBe("pass");
  return notes.length > 0;
}

test.each([
  ...["npm", "yarn", "pnpm", "bun"].flatMap((name) => [
    `${name} run build`,
    `${name} run build:prod`,
    `${name} run build-x`,
  ]),
  ...["next", "nuxt", "vite", "ng", "nest"].map((name) => `${name} build`),
  "tsc",
  "tsc -p .",
  ...["mvn", "./mvnw"].flatMap((name) => [`${name} package`, `${name} -B install`, `${name} verify`]),
  ...["gradle", "./gradlew"].flatMap((name) => [
    `${name} build`,
    `${name} assemble`,
    `${name} bootJar`,
    `${name} installDist`,
  ]),
  "go build ./...",
  "go install x",
  "cargo build",
  "cargo install x",
  "dotnet build",
  "dotnet publish -c Release",
  "make",
  "cmake .",
  "gcc a.c",
  "npx tsc",
])("%s builds", (command) => {
  expect(noted(command)).toBe(true);
});

test.each([
  ...["npm", "yarn", "pnpm", "bun"].flatMap((name) => [
    `${name} run builder`,
    `${name} run prebuild`,
    `${name} run xbuild:x`,
  ]),
  ...["next", "nuxt", "vite", "ng", "nest"].flatMap((name) => [`${name} builds`, `${name} rebuild`]),
  ...["mvn", "mvnw", "gradle", "gradlew"].flatMap((name) => [
    `${name} packages`,
    `${name} xinstall`,
    `${name} xbuild`,
    `${name} builds`,
  ]),
  ...["go", "cargo", "dotnet"].flatMap((name) => [`${name} builds`, `${name} xbuild`, `${name} test`]),
  "echo make",
])("%s does not", (command) => {
  expect(noted(command)).toBe(false);
});
