import { expect, test } from "vitest";
import { type KnownBase, knownBase, partsOf } from "./base-images.ts";

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

const NODE = { users: { node: 1000 }, instead: "node:22-alpine, gcr.io/distroless/nodejs22-debian12" };
const PYTHON = { users: {}, instead: "python:3.13-alpine, gcr.io/distroless/python3-debian12" };
const TEMURIN = "eclipse-temurin:…-jre-alpine, gcr.io/distroless/java21-debian12";
const NGINX = { users: { nginx: 101 }, instead: "nginxinc/nginx-unprivileged:1.27-alpine-slim" };
const DOTNET = { users: { app: 1654 }, instead: "mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled" };
const DASH = { kind: "general", shell: "dash" } as const;
const BUSYBOX = { kind: "minimal", shell: "busybox" } as const;
const DISTROLESS = { kind: "distroless" } as const;
const BASH = { kind: "general", shell: "bash", users: {} } as const;
const MICRO = { kind: "minimal", shell: "bash", users: {} } as const;
const GCC = "gcc, g++, make";

test.each<readonly [string, Partial<KnownBase>]>([
  ["scratch", { kind: "none", users: {} }],
  ["alpine:3.20", { ...BUSYBOX, users: {} }],
  ["busybox", { ...BUSYBOX, users: {} }],
  ["registry.access.redhat.com/ubi9/ubi-micro", MICRO],
  ["redhat/ubi10-micro", MICRO],
  ["ubi8-micro", MICRO],
  ["mirror.example/distroless/static", { ...DISTROLESS, users: { nonroot: 65532 } }],
  ["cgr.dev/chainguard/go", { ...DISTROLESS, users: { nonroot: 65532 } }],
  ["node:22", { ...DASH, ...NODE, sdk: "gcc, g++, make, python3" }],
  ["node:22-slim", { ...DASH, ...NODE }],
  ["python:3.13", { ...DASH, ...PYTHON, sdk: GCC }],
  ["python:3.13-slim-bookworm", { ...DASH, ...PYTHON }],
  ["python:3.13-alpine", { ...BUSYBOX, ...PYTHON }],
  ["ruby:3", { ...DASH, users: {}, sdk: GCC, instead: "ruby:3-alpine" }],
  ["php:8.3-apache", { ...DASH, users: { "www-data": 33 }, sdk: GCC, instead: "php:8.3-fpm-alpine" }],
  ["php:8.3-alpine", { ...BUSYBOX, users: { "www-data": 82 }, instead: "php:8.3-fpm-alpine" }],
  ["golang:1", { ...DASH, users: {}, sdk: "go", instead: "gcr.io/distroless/static-debian12" }],
  ["rust", { ...DASH, users: {}, sdk: "rustc, cargo", instead: "gcr.io/distroless/cc-debian12" }],
  ["maven", { ...DASH, users: {}, sdk: "JDK", instead: "eclipse-temurin:…-jre-alpine" }],
  ["gradle", { ...DASH, users: {}, sdk: "JDK", instead: "eclipse-temurin:…-jre-alpine" }],
  ["eclipse-temurin:21", { ...DASH, users: {}, sdk: "javac (JDK)", instead: TEMURIN }],
  ["eclipse-temurin:21-jre", { ...DASH, users: {}, instead: TEMURIN }],
  ["amazoncorretto:21", { ...DASH, users: {}, sdk: "javac (JDK)", instead: TEMURIN }],
  ["openjdk:21-jre-slim", { ...DASH, users: {}, instead: TEMURIN }],
  ["mcr.microsoft.com/dotnet/sdk:9.0", { ...DASH, ...DOTNET, sdk: "SDK .NET" }],
  ["mcr.microsoft.com/dotnet/aspnet:9.0", { ...DASH, ...DOTNET }],
  ["mcr.microsoft.com/dotnet/runtime:9.0-noble-chiseled", { ...DISTROLESS, ...DOTNET }],
  ["mcr.microsoft.com/dotnet/runtime-deps:9.0-azurelinux3.0-distroless", { ...DISTROLESS, ...DOTNET }],
  ["nginx:1.27", { ...DASH, ...NGINX }],
  ["nginxinc/nginx-unprivileged:1.27-alpine", { ...BUSYBOX, ...NGINX }],
  ["caddy", { ...BUSYBOX, users: {} }],
  ["traefik:v3", { ...BUSYBOX, users: {} }],
  ["gcc:14", { ...DASH, users: {}, sdk: GCC }],
  ["buildpack-deps:bookworm", { ...DASH, users: {}, sdk: GCC }],
  ...["debian", "ubuntu", "httpd", "tomcat", "perl", "redis", "postgres", "mariadb", "mysql"].map(
    (name) => [name, { ...DASH, users: {} }] as const,
  ),
  ...["fedora", "centos", "rockylinux", "almalinux", "amazonlinux", "oraclelinux"].map(
    (name) => [name, BASH] as const,
  ),
  ...[
    "ubi9",
    "redhat/ubi9",
    "ubi10/ubi",
    "x/ubi9/ubi-minimal",
    "ubi9/ubi-init",
    "ubi9-minimal",
    "ubi9-init",
  ].map((name) => [name, BASH] as const),
])("%s is known in full", (reference, expected) => {
  expect(knownBase(reference)).toStrictEqual(expected);
});

test.each([
  ["node:22.1.4-slim", "node:22.1.4-alpine, gcr.io/distroless/nodejs22-debian12"],
  ["node:22.1.4.7-slim", "node:22.1.4-alpine, gcr.io/distroless/nodejs22-debian12"],
  ["node:lts22-slim", "node:…-alpine, gcr.io/distroless/nodejs…-debian12"],
  ["node", "node:…-alpine, gcr.io/distroless/nodejs…-debian12"],
])("instead of %s, %s", (reference, instead) => {
  expect(knownBase(reference)?.instead).toBe(instead);
});

test.each([
  "docker.io/node",
  "index.docker.io/node",
  "registry-1.docker.io/library/node",
  "registry.hub.docker.com/library/node",
  "mirror.gcr.io/library/node",
  "mirror.gcr.io/node",
  "public.ecr.aws/docker/library/node",
  "library/node",
  "amd64/node",
  "arm64v8/node",
  "arm32v7/node",
  "i386/node",
  "docker.io/arm64v8/node",
])("%s is the official image", (reference) => {
  expect(partsOf(`${reference}:22`)).toEqual({ repository: "node", tag: "22" });
});

test.each([
  "registry.example/docker.io/node",
  "xdocker.io/node",
  "dockerXio/node",
  "public.ecr.aws/docker/node",
  "public.ecr.aws/library/node",
  "my/library/node",
  "mylibrary/node",
  "s390x/node",
])("%s is not", (reference) => {
  expect(partsOf(reference).repository).not.toBe("node");
});

test.each([
  "scratchy",
  "my-scratch",
  "alpines",
  "my-alpine",
  "wolfi-base",
  "x/wolfi-base-2",
  "x/ubi-micro",
  "ubi9/ubi-micro-2",
  "xubi9-micro",
  "distroless/static",
  "x/mydistroless/static",
  "xcgr.dev/chainguard/node",
  "nodejs",
  "my-node",
  "python3",
  "ipython",
  "ruby2",
  "jruby",
  "php8",
  "myphp",
  "golangci",
  "xgolang",
  "rusty",
  "trust",
  "maven2",
  "my-gradle",
  "openjdk8",
  "my-openjdk",
  "x.mcr.microsoft.com/dotnet/sdk",
  "mcr.microsoft.com/dotnet/sdks",
  "mcr.microsoft.com/dotnet/monitor",
  "mcr.microsoft.com/dotnet/aspnet2",
  "x.mcr.microsoft.com/dotnet/aspnet",
  "nginx2",
  "my-nginx",
  "x/nginxinc/nginx-unprivileged",
  "nginxinc/nginx-unprivileged2",
  "caddy2",
  "mycaddy",
  "gccgo",
  "agcc",
  "debian2",
  "mydebian",
  "fedora2",
  "myfedora",
  "ubi",
  "xubi9",
  "ubi9/ubi-large",
  "ubi9x",
])("%s is someone else's", (reference) => {
  expect(knownBase(reference)).toBeUndefined();
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
