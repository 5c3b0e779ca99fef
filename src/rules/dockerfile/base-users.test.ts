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

test.each(
  (
    "almalinux alpine amazoncorretto amazonlinux archlinux bash buildpack-deps busybox caddy cassandra centos clojure " +
    "composer dart debian docker drupal eclipse-temurin elixir erlang fedora gcc golang gradle haskell httpd " +
    "ibm-semeru-runtimes ibmjava joomla julia mariadb matomo maven mediawiki mongo mysql nextcloud nginx node openjdk " +
    "oraclelinux perl photon php phpmyadmin postgres pypy python r-base rabbitmq redis registry rockylinux ruby rust " +
    "sapmachine swift tomcat tomee traefik ubuntu wordpress " +
    "azul/zulu-openjdk azul/zulu-openjdk-alpine azul/zulu-openjdk-debian bellsoft/liberica-openjdk-alpine " +
    "continuumio/anaconda3 continuumio/miniconda3 cypress/base dunglas/frankenphp hashicorp/terraform nvidia/cuda " +
    "openresty/openresty opensuse/leap opensuse/tumbleweed oven/bun phusion/baseimage tensorflow/tensorflow " +
    "pytorch/pytorch tiangolo/uvicorn-gunicorn valkey/valkey ubi9 x/ubi9/ubi ubi8/ubi-minimal ubi9-init ubi9/ubi-micro " +
    "mcr.microsoft.com/playwright mcr.microsoft.com/playwright/java mcr.microsoft.com/cbl-mariner/base/core " +
    "mcr.microsoft.com/azurelinux/base/core mcr.microsoft.com/devcontainers/base " +
    "public.ecr.aws/amazonlinux/amazonlinux quay.io/centos/centos registry.fedoraproject.org/fedora " +
    "registry.fedoraproject.org/fedora-minimal cgr.dev/chainguard/wolfi-base chainguard/wolfi-base " +
    "gcr.io/distroless/base mcr.microsoft.com/dotnet/sdk"
  ).split(" "),
)("%s starts as root", (name) => {
  expect(baseUser(name)).toBe("root");
  expect(baseUser(`${name}:1.2`)).toBe("root");
});

test.each(["bitnami/x", "bitnamilegacy/x", "bitnamisecure/x"])("%s starts as 1001", (name) => {
  expect(baseUser(name)).toBe("1001");
});

test.each(
  (
    "alpines my-alpine x/debian xgcr.io/distroless/base gcr.io/distroless gcrXio/distroless/base my.mcr.microsoft.com/dotnet/sdk " +
    "mcr.microsoft.com/dotnets mcr.microsoft.com/other nginxinc/nginx-unprivileged2 x/nginxinc/nginx-unprivileged " +
    "xbitnami/redis bitnamix/redis bitnami ubi x/ubi9/nodejs azul/zulu cypress continuumio/conda3"
  ).split(" "),
)("%s is not known", (name) => {
  expect(baseUser(name)).toBeUndefined();
});

test("the tag decides where an image has a variant of its own user", () => {
  expect(baseUser("gcr.io/distroless/base:nonroot")).toBe("65532");
  expect(baseUser("gcr.io/distroless/base:latest")).toBe("root");
  expect(baseUser("mcr.microsoft.com/dotnet/aspnet:9.0-distroless")).toBe("1654");
  expect(baseUser("mcr.microsoft.com/dotnet/aspnet")).toBe("root");
  expect(baseUser("nginxinc/nginx-unprivileged@sha256:aa")).toBe("101");
});
