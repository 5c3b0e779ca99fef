// Dockerfiles: bases without USER, variables of stages, and the files that instructions put into the image.

import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { dockerfile } from "../given/folder.ts";

export const cases: Cases = [
  user('FROM ubuntu:20.04\nCMD ["bash"]', "no", "The contract's own example."),
  user("FROM python:3.13-slim", "no", "Python's image starts as root."),
  user(
    "FROM public.ecr.aws/docker/library/node:22-alpine AS b\nFROM b",
    "no",
    "A mirror of an official image, through a stage.",
  ),
  user("FROM gcr.io/distroless/java17-debian12", "no", "Distroless without nonroot is root."),
  user("FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6", "no", "UBI starts as root."),
  user(
    "FROM nginxinc/nginx-unprivileged:1.29.1",
    "unproven",
    "Its user is not root; the image itself proves it.",
  ),
  user("FROM gcr.io/distroless/static-debian12:nonroot", "unproven", "The same of distroless."),
  user("FROM registry.example/socle/node:22", "unproven", "Nobody knows the user of a ministry's own base."),
  user("FROM registry.access.redhat.com/ubi9/nodejs-22:9.6", "unproven", "Images for s2i start as 1001."),
  user(
    "FROM node:22 AS base\nARG uid=0\nFROM base\nUSER ${uid}",
    "no",
    "BuildKit: an ARG of the stage below is inherited.",
  ),
  user(
    "ARG uid=1000\nFROM node:22 AS a\nARG uid=0\nFROM a AS b\nFROM b\nUSER $uid",
    "no",
    "Through two stages, over the global default.",
  ),
  user(
    "FROM node:22 AS base\nENV uid=0\nARG uid=1000\nFROM base\nUSER $uid",
    "no",
    "ENV of the stage below outweighs its ARG.",
  ),
  user("FROM node:22\nENV uid=1000\nARG uid=0\nUSER $uid", "no", "BuildKit: the later of ENV and ARG."),
  user(
    "FROM node:22 AS base\nARG uid=1000\nFROM base\nUSER ${uid}",
    "unproven",
    "Buildah does not inherit it: root there.",
  ),
  user(
    "FROM node:22 AS build\nARG uid=0\nFROM node:22\nARG uid=1000\nUSER $uid",
    "unproven",
    "The ARG of a discarded stage is nobody's.",
  ),

  file("COPY --from=build /app/.env.production ./", "no", "Settings of an environment, from a stage."),
  file("COPY package.json .env* ./", "no", "The pattern takes .env."),
  file('RUN echo "API_URL=$API_URL" > .env && npm run build', "no", "A layer holds .env."),
  file("RUN printenv | tee /app/.env", "no", "The same by tee."),
  file("RUN cp envs/prod/config.yaml /etc/myapp/config.yaml", "no", "The contract's example by RUN."),
  file("COPY <<EOF /app/.env\nA=b\nEOF", "no", "The same by a here-document."),
  file("COPY .env.example .env.example", "unproven", "A list of names."),
  file("RUN env > .env && npm run build && rm .env", "unproven", "The same layer removes it."),
  file("RUN cp .env.example .env && touch .env.local", "unproven", "Names and nothing."),
  file("COPY src/environment.ts .env.d.ts ./", "unproven", "Code."),

  file("COPY id_rsa /root/.ssh/id_rsa", "no", "A private key by its name."),
  file("COPY --from=build /root/.aws/credentials /root/.aws/", "no", "Credentials from a stage."),
  file('RUN echo "$KEY" > ~/.ssh/id_ed25519 && npm ci', "no", "A key that a command writes."),
  file("ADD certs/server.key /etc/tls/", "no", "A private key of TLS."),
  file("COPY keystore.p12 service-account.json /app/", "no", "Key stores and service accounts."),
  file("COPY id_rsa.pub ca.pem cert.pem /etc/ssl/", "unproven", "Public keys and certificates."),
  file('RUN echo "$T" > ~/.netrc && npm ci && rm ~/.netrc', "unproven", "The same layer removes it."),
  file("RUN --mount=type=ssh npm ci", "unproven", "A mount stays in no layer."),
  file("COPY config/credentials.yml.enc config/", "unproven", "Encrypted."),

  file("COPY db.sqlite3 ./", "no", "A database."),
  file("COPY --from=build /app/data/app.db /data/", "no", "A database from a stage."),
  file("RUN sqlite3 /data/app.db < schema.sql", "no", "A database that a command makes."),
  file("ADD dump.rdb /data/", "no", "A dump of Redis."),
  file("COPY schema.sql GeoLite2-City.mmdb ./", "unproven", "Statements, and data that are only read."),
  file("COPY tests/fixtures/db.sqlite3 tests/fixtures/", "unproven", "Data of tests."),

  file("ARG NPM_TOKEN\nRUN npm ci", "no", "The history keeps the value."),
  file(
    'ARG NPM_TOKEN\nRUN echo "//r.example/:_authToken=$NPM_TOKEN" > .npmrc && npm ci',
    "no",
    "It is written, too.",
  ),
  file("ARG DB_PASSWORD\nENV DB_PASSWORD=$DB_PASSWORD", "no", "ENV keeps the value."),
  file("ARG SENTRY_AUTH_TOKEN=\nRUN npm run build", "no", "An empty default awaits a value."),
  file("RUN --mount=type=secret,id=NPM_TOKEN npm ci", "unproven", "A secret that is mounted."),
  file("ARG NPM_TOKEN_FILE\nARG GPG_KEY\nRUN make", "unproven", "A path and a fingerprint."),
  {
    name: "a token of a discarded stage",
    given: dockerfile(
      "FROM node:22.1.0 AS b\nARG NPM_TOKEN\nRUN npm ci\nFROM node:22.1.0-alpine\nUSER 1000\n",
    ),
    expect: { "no-baked-state": "unproven" },
    trap: true,
    why: "Neither its history nor its layers are the image's.",
  },

  server(["sh", "-c", "uvicorn app:app"], "no", "uvicorn listens on localhost when it is told nothing."),
  server("uvicorn app:app", "no", "The same in shell form."),
  server(["/usr/bin/env", "sh", "-c", "exec uvicorn app:app"], "no", "The same behind env."),
  server(["sh", "-c", "uvicorn app:app --host 0.0.0.0"], "unproven", "It is told where to listen."),
  server("uvicorn app:app --host 0.0.0.0", "unproven", "The same in shell form."),
];

function user(text: string, answer: Answer, why: string): Case {
  return one(text.replaceAll("\n", " ⏎ "), `${text}\n`, "non-root", answer, why);
}

function file(lines: string, answer: Answer, why: string): Case {
  const text = `FROM node:22.1.0-alpine\nUSER 1000\n${lines}\n`;
  return one(lines.replaceAll("\n", " ⏎ "), text, "no-baked-state", answer, why);
}

function server(command: string | readonly string[], answer: Answer, why: string): Case {
  const words = typeof command === "string" ? command : JSON.stringify(command);
  return one(`CMD ${words}`, `FROM python:3.13.1-alpine\nUSER 1000\nCMD ${words}\n`, "bind-all", answer, why);
}

function one(name: string, text: string, row: RowId, answer: Answer, why: string): Case {
  const trap = answer === "no" ? {} : { trap: true as const };
  return { name, given: dockerfile(text), expect: { [row]: answer }, ...trap, why };
}
