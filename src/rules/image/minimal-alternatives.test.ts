import { expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { minimalRemedy } from "./minimal-alternatives.ts";

test.each([
  ["NODE_VERSION=22.12.0", "node:22-alpine, gcr.io/distroless/nodejs22-debian12"],
  ["NGINX_VERSION=1.27.3", "nginxinc/nginx-unprivileged:1.27-alpine-slim"],
  ["PYTHON_VERSION=3.13.1", "python:3.13-alpine, gcr.io/distroless/python3-debian12"],
  ["JAVA_VERSION=jdk-21.0.5+11", "eclipse-temurin:…-jre-alpine, gcr.io/distroless/java21-debian12"],
  ["PHP_VERSION=8.3.14", "php:8.3-fpm-alpine"],
  ["RUBY_VERSION=3.4.1", "ruby:3.4-alpine"],
  ["GOLANG_VERSION=1.23.4", "gcr.io/distroless/static-debian12"],
  ["ASPNET_VERSION=9.0.0", "mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled"],
  ["DOTNET_VERSION=9.0.0", "mcr.microsoft.com/dotnet/runtime:9.0-noble-chiseled"],
  ["CNB_STACK_ID=io.buildpacks.stacks.jammy", "paketobuildpacks/run-jammy-tiny"],
  ["NODE_VERSION=22", "node:22-alpine, gcr.io/distroless/nodejs22-debian12"],
  ["PHP_VERSION=8", "php:8.…-fpm-alpine"],
  ["PHP_VERSION=", "php:….…-fpm-alpine"],
  ["MY_NODE_VERSION=22", "gcr.io/distroless/base-debian12, alpine"],
  ["NODE_VERSIONS=22", "gcr.io/distroless/base-debian12, alpine"],
])("%s: %s", (entry, bases) => {
  expect(minimalRemedy(imageFacts({ config: { env: ["A=1", entry] } }))).toEqual({
    fr: `Construire l'image finale sur une base minimale : ${bases}.`,
    en: `Build the final image on a minimal base: ${bases}.`,
  });
});
