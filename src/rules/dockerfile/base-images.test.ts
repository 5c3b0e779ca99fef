import { expect, test } from "vitest";
import { knownBase, partsOf } from "./base-images.ts";

test.each([
  ["node:22-alpine", { kind: "minimal", shell: "busybox", users: { node: 1000 } }],
  ["node:22", { kind: "general", shell: "dash", sdk: "gcc, g++, make, python3" }],
  ["docker.io/library/node:22-slim", { kind: "general", shell: "dash" }],
  ["index.docker.io/node", { kind: "general" }],
  ["php:8.3-fpm-alpine", { kind: "minimal", users: { "www-data": 82 } }],
  ["php:8.3-apache", { kind: "general", users: { "www-data": 33 } }],
  ["gcr.io/distroless/nodejs22-debian12", { kind: "distroless", users: { nonroot: 65532 } }],
  ["cgr.dev/chainguard/node:latest", { kind: "distroless" }],
  ["cgr.dev/chainguard/wolfi-base", { kind: "minimal", shell: "busybox" }],
  ["scratch", { kind: "none" }],
  ["registry.access.redhat.com/ubi9/ubi:9.5", { kind: "general", shell: "bash" }],
  ["registry.access.redhat.com/ubi9/ubi-micro:9.5", { kind: "minimal", shell: "bash" }],
  ["registry.access.redhat.com/ubi9-micro", { kind: "minimal" }],
  ["eclipse-temurin:21-jre", { kind: "general" }],
  ["eclipse-temurin:21", { kind: "general", sdk: "javac (JDK)" }],
  ["golang:1.23-alpine", { kind: "minimal", sdk: "go" }],
  [
    "mcr.microsoft.com/dotnet/aspnet:9.0",
    { users: { app: 1654 }, instead: expect.stringContaining("aspnet:9.0-") },
  ],
])("%s is known", (reference, expected) => {
  expect(knownBase(reference)).toMatchObject(expected);
});

test.each(["registry.example/node:22", "team/python", "constructor", ""])(
  "trap: %j tells nothing",
  (reference) => {
    expect(knownBase(reference)).toBeUndefined();
  },
);

test("a JRE has no SDK, slim images have no compiler", () => {
  for (const reference of ["eclipse-temurin:21-jre", "node:22-slim", "python:3.13-alpine"]) {
    expect(knownBase(reference)).not.toHaveProperty("sdk");
  }
});

test("a reference is taken apart", () => {
  expect(partsOf("registry.example:5000/a/b:1@sha256:00")).toEqual({
    repository: "registry.example:5000/a/b",
    tag: "1",
    digest: "sha256:00",
  });
  expect(partsOf("registry.example:5000/a")).toEqual({ repository: "registry.example:5000/a", tag: "" });
});
