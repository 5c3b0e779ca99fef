import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { dockerfileUser } from "./1.1-dockerfile-user.ts";

test.each([
  ["a numeric USER is right", "FROM node:22.12.0-alpine\nUSER 1000", { answer: "pass", at: [], notes: [] }],
  ["so is one with a group", "FROM node:22.12.0-alpine\nUSER 1000:0", { answer: "pass", at: [], notes: [] }],
  [
    "so is an ARG's default",
    "FROM node:22.12.0-alpine\nARG UID=1001\nUSER ${UID}",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "so is an ENV's value, in an inherited stage",
    "FROM node:22 AS base\nENV U=1000\nUSER $U\nFROM base",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "root is refused",
    "FROM node:22.12.0-alpine\nUSER root",
    { answer: "fail", at: ["2:1"], notes: [], says: expect.stringContaining("root (UID 0)") },
  ],
  [
    "0 is refused",
    "FROM node:22.12.0-alpine\nUSER 0:1000",
    { answer: "fail", at: ["2:1"], notes: [], says: expect.stringContaining("root (UID 0)") },
  ],
  [
    "root unless the build is given an argument is refused",
    "FROM node:22.12.0-alpine\nARG UID\nUSER ${UID:-0}:${GID:-1}",
    {
      answer: "presumed",
      at: ["3:1"],
      notes: [],
      says: expect.stringContaining("without the build argument UID"),
    },
  ],
  ["+0 is refused", "FROM node:22.12.0-alpine\nUSER +0", { answer: "fail", at: ["2:1"], notes: [] }],
  [
    "a number that is no uid",
    "FROM node:22.12.0-alpine\nUSER 99999999999",
    { answer: "fail", at: ["2:1"], notes: [], says: expect.stringContaining("is no UID") },
  ],
  [
    "the last USER counts",
    "FROM node:22.12.0-alpine\nUSER 1000\nRUN x\nUSER root",
    { answer: "fail", at: ["4:1"], notes: [] },
  ],
  [
    "an empty variable is root",
    "FROM scratch\nUSER $U",
    { answer: "fail", at: ["2:1"], notes: [], says: expect.stringContaining("empty") },
  ],
  [
    "a name of the base image, with its uid",
    "FROM node:22.12.0-alpine\nUSER node",
    { answer: "fail", at: ["2:1"], notes: [], remedy: expect.stringContaining("USER 1000") },
  ],
  [
    "a name that adduser gives a uid",
    "FROM node:22.12.0-alpine\nRUN addgroup -g 1001 app && \\\n  adduser -u 1001 -G app -D app\nUSER app:app",
    { answer: "fail", at: ["4:1"], notes: [], remedy: expect.stringContaining("`USER 1001`") },
  ],
  [
    "a name that useradd gives a uid by a variable",
    "FROM node:22.12.0-alpine\nARG UID=1234\nRUN useradd --uid=${UID} app\nUSER app",
    { answer: "fail", at: ["4:1"], notes: [], remedy: expect.stringContaining("`USER 1234`") },
  ],
  [
    "a name that an ENV gives a uid",
    "FROM node:22.12.0-alpine\nENV UID=1235\nRUN useradd --uid $UID app\nUSER app",
    { answer: "fail", at: ["4:1"], notes: [], remedy: expect.stringContaining("`USER 1235`") },
  ],
  [
    "an unknown variable leaves the uid open",
    "FROM node:22.12.0-alpine\nARG UID\nARG G=$X\nRUN useradd -u $UID app\nUSER app",
    { answer: "fail", at: ["5:1"], notes: [], remedy: expect.stringContaining("line 4") },
  ],
  [
    "a name written into passwd",
    'FROM node:22.12.0-alpine\nRUN echo "web:x:1007:1007::/:/bin/sh" >> /etc/passwd\nUSER web',
    { answer: "fail", at: ["3:1"], notes: [], remedy: expect.stringContaining("`USER 1007`") },
  ],
  [
    "a name created without a uid",
    "FROM node:22.12.0-alpine\nRUN adduser -S app\nUSER app",
    { answer: "fail", at: ["3:1"], notes: [], remedy: expect.stringContaining("line 2") },
  ],
  [
    "a name that nobody creates",
    "FROM registry.example/base:1\nUSER app",
    { answer: "fail", at: ["2:1"], notes: [], remedy: expect.stringContaining("by its UID") },
  ],
  [
    "a name with uid 0",
    "FROM node:22.12.0-alpine\nRUN useradd -o -u 0 toor\nUSER toor",
    { answer: "fail", at: ["3:1"], notes: [], says: expect.stringContaining("root (UID 0)") },
  ],
  [
    "scratch without USER is root",
    "FROM scratch",
    { answer: "fail", at: ["1:1"], notes: [], says: expect.stringContaining("neither the Dockerfile nor") },
  ],
  [
    "trap: no USER is unproven, the base image decides",
    "FROM nginxinc/nginx-unprivileged:1.27",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("was not read") },
  ],
  [
    "trap: a variable of the base image (.NET)",
    "FROM mcr.microsoft.com/dotnet/aspnet:9.0\nUSER $APP_UID",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("APP_UID") },
  ],
  [
    "trap: an ARG without a default",
    "FROM node:22.12.0-alpine\nARG UID\nUSER $UID",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("UID") },
  ],
  [
    "trap: USER root of a discarded stage",
    "FROM node:22 AS build\nUSER root\nFROM gcr.io/distroless/nodejs22-debian12\nUSER 65532",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "a USER of a discarded stage is no USER",
    "FROM node:22 AS build\nUSER 1000\nFROM registry.example/base:1",
    { answer: "unproven", at: [], notes: [] },
  ],
  [
    "no USER on a base that starts as root, the contract's example",
    'FROM ubuntu:20.04\nCMD ["bash"]',
    { answer: "presumed", at: ["1:1"], says: expect.stringContaining("ubuntu:20.04 starts as root") },
  ],
  [
    "no USER behind stages",
    "FROM public.ecr.aws/docker/library/node:22-alpine AS base\nFROM base AS build\nFROM base",
    { answer: "presumed", at: ["3:1"] },
  ],
  ["no USER by the default of an ARG", "ARG V=22\nFROM node:${V}-slim", { answer: "presumed", at: ["2:1"] }],
  [
    "distroless without nonroot",
    "FROM gcr.io/distroless/java17-debian12",
    { answer: "presumed", at: ["1:1"] },
  ],
  [
    "trap: distroless with nonroot leaves it to the image",
    "FROM gcr.io/distroless/java17-debian12:nonroot",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("UID 65532") },
  ],
  [
    "trap: only the build knows the base",
    "ARG REGISTRY\nFROM ${REGISTRY}ubuntu",
    { answer: "unproven", at: [], notes: [] },
  ],
  [
    "an ARG of the stage below is inherited",
    "FROM node:22 AS base\nARG uid=0\nFROM base\nUSER ${uid}",
    { answer: "fail", at: ["4:1"], says: expect.stringContaining("root (UID 0)") },
  ],
  [
    "and of the one below that, over its global default",
    "ARG uid=1000\nFROM node:22 AS a\nARG uid=0\nFROM a AS b\nFROM b\nUSER $uid",
    { answer: "fail", at: ["6:1"] },
  ],
  [
    "the ENV of the stage below outweighs its ARG",
    "FROM node:22 AS base\nENV uid=0\nARG uid=1000\nFROM base\nUSER $uid",
    { answer: "fail", at: ["5:1"] },
  ],
  [
    "an ARG behind an ENV",
    "FROM node:22\nENV uid=1000\nARG uid=0\nUSER $uid",
    { answer: "fail", at: ["4:1"] },
  ],
  [
    "builders differ: only one inherits the ARG",
    "FROM node:22 AS base\nARG uid=1000\nFROM base\nUSER ${uid}",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("for Buildah") },
  ],
  [
    "builders differ: ENV or ARG",
    "FROM node:22\nENV uid=0\nARG uid=1000\nUSER $uid",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("1000 for BuildKit and 0") },
  ],
  [
    "builders differ: root for one",
    "FROM scratch AS base\nARG uid=1000\nFROM base\nUSER ${uid}",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("root for Buildah") },
  ],
  [
    "trap: both are right",
    "FROM node:22\nENV uid=1001\nARG uid=1000\nUSER $uid",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: the ARG is repeated with its default",
    "FROM node:22 AS base\nARG uid=0\nFROM base\nARG uid=1000\nUSER ${uid}",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: an ARG without a value leaves the ENV's",
    "FROM node:22\nENV uid=1000\nARG uid\nUSER $uid",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: an ARG of a discarded stage",
    "FROM node:22 AS build\nARG uid=0\nFROM node:22\nARG uid=1000\nUSER $uid",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: ONBUILD USER is for others",
    "FROM node:22.12.0-alpine\nUSER 1000\nONBUILD USER root",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "ONBUILD USER of the stage below counts",
    "FROM node:22 AS base\nONBUILD USER 1001\nFROM base",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: a USER within a here-document",
    "FROM node:22.12.0-alpine\nRUN <<EOF\nUSER root\nEOF\nUSER 1000",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: a commented USER, a continuation",
    "FROM node:22.12.0-alpine\n# USER root\nRUN a \\\n# USER root\n  USER root\nUSER 1000",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileUser, text)).toMatchObject(expected);
});

test("a base image that was read says its user", () => {
  const bases = new Map([["registry.example/base:1", imageFacts().config]]);
  const text = "FROM registry.example/base:1";
  expect(summary(dockerfileUser, text, { bases }).answer).toBe("pass");
  const root = new Map([["registry.example/base:1", imageFacts({ config: { user: "" } }).config]]);
  expect(summary(dockerfileUser, text, { bases: root })).toMatchObject({ answer: "fail", at: ["1:1"] });
});
