import { expect, test } from "vitest";
import { baseUser } from "./base-users.ts";

test.each([
  ["ubuntu:20.04", "root"],
  ["docker.io/library/python:3.13-slim", "root"],
  ["index.docker.io/library/debian", "root"],
  ["registry.hub.docker.com/library/node:22", "root"],
  ["mirror.gcr.io/library/alpine:3.22", "root"],
  ["mirror.gcr.io/golang:1.24", "root"],
  ["public.ecr.aws/docker/library/ruby:3.4", "root"],
  ["arm64v8/nginx:1.29", "root"],
  ["node@sha256:aa", "root"],
  ["registry.access.redhat.com/ubi9-minimal:9.6", "root"],
  ["registry.access.redhat.com/ubi9/ubi:latest", "root"],
  ["mcr.microsoft.com/dotnet/aspnet:9.0", "root"],
  ["mcr.microsoft.com/playwright/python:v1.50.0-noble", "root"],
  ["gcr.io/distroless/static-debian12", "root"],
  ["gcr.io/distroless/cc-debian12:debug", "root"],
  ["gcr.io/distroless/cc-debian12:debug-nonroot", "65532"],
  ["gcr.io/distroless/base:nonroot@sha256:aa", "65532"],
  ["mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled", "1654"],
  ["mcr.microsoft.com/dotnet/runtime-deps:9.0-azurelinux3.0-distroless", "1654"],
  ["nginxinc/nginx-unprivileged:1.29-alpine", "101"],
  ["bitnami/redis", "1001"],
])("%s starts as %s", (reference, user) => {
  expect(baseUser(reference)).toBe(user);
});

test.each([
  ["an image of someone else's", "registry.example:5000/team/node:22"],
  ["a name that only resembles one", "nodejs:22"],
  ["a mirror that nobody knows", "registry.example/library/node:22"],
  ["an official image that starts as its own user", "haproxy:3.2"],
  ["another one", "jetty:12"],
  ["an image for s2i", "registry.access.redhat.com/ubi9/nodejs-22:latest"],
  ["Chainguard", "cgr.dev/chainguard/node:latest"],
  ["one of many variants, by digest alone", "gcr.io/distroless/static@sha256:aa"],
  ["the same of .NET", "mcr.microsoft.com/dotnet/aspnet@sha256:aa"],
])("what is not known stays open: %s", (_, reference) => {
  expect(baseUser(reference)).toBeUndefined();
});
