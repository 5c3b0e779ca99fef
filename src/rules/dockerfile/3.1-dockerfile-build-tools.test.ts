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

function answerOf(...runs: readonly string[]) {
  const text = ["FROM node:22-slim", ...runs.map((run) => `RUN ${run}`)].join("\n");
  return summary(dockerfileBuildTools, text).answer;
}

test.each([
  ..."build-essential build-base alpine-sdk gcc gcc-12 gcc-c++ g++ g++-9 clang clang-17 golang golang-go".split(
    " ",
  ),
  ..."golang-1.22 go rust rustc cargo default-jdk default-jdk-headless openjdk17 openjdk-17-jdk".split(" "),
  ..."openjdk-8-jdk-headless java-17-openjdk-devel java-1.8.0-openjdk-devel dotnet-sdk-8.0".split(" "),
  ..."gcc=4:12.2.0-3 'gcc>12' gcc~13 'gcc<14' gcc@edge".split(" "),
])("the package %s compiles", (name) => {
  expect(answerOf(`apt-get install -y ${name}`)).toBe("fail");
});

test.each([
  ..."gccgo libgcc gcc-123 gcc-x gcc-doc lib-gcc g++x clang-format clangd golang-x golang-1.22.3.4 gopher".split(
    " ",
  ),
  ..."mygo rustic cargo-audit xcargo default-jre default-jdk-doc openjdk-17-jre openjdk-17-jdk-source".split(
    " ",
  ),
  ..."java-17-openjdk dotnet-runtime-8.0 dotnet-sdk gcc=1=2 xbuild-base build-base-x".split(" "),
])("the package %s does not", (name) => {
  expect(answerOf(`apt-get install -y ${name}`)).toBe("pass");
});

test.each(["apt", "apt-get", "apk", "dnf", "yum", "microdnf"])("%s installs and removes", (manager) => {
  expect(answerOf(`${manager} install gcc`)).toBe("fail");
  expect(answerOf(`${manager} add gcc`)).toBe("fail");
  expect(answerOf(`${manager} --yes add gcc`)).toBe("fail");
  for (const verb of ["del", "purge", "remove", "autoremove", "erase"]) {
    expect(answerOf(`${manager} add gcc`, `${manager} ${verb} gcc`)).toBe("pass");
    expect(answerOf(`${manager} add gcc`, `${manager} ${verb}x gcc`)).toBe("fail");
    expect(answerOf(`${manager} add gcc`, `${manager} x${verb} gcc`)).toBe("fail");
  }
  expect(answerOf(`${manager} installed gcc`)).toBe("pass");
  expect(answerOf(`${manager} xadd gcc`)).toBe("pass");
  expect(answerOf(manager)).toBe("pass");
});

test("another program installs nothing", () => {
  expect(answerOf("my-apk add gcc")).toBe("pass");
  expect(answerOf("apk add gcc", "npm remove gcc")).toBe("fail");
});
