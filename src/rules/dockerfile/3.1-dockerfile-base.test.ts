import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileBase } from "./3.1-dockerfile-base.ts";

test.each([
  [
    "debian-slim",
    "FROM node:22.1.0-slim",
    {
      answer: "fail",
      at: ["1:6"],
      notes: [],
      says: expect.stringContaining("node:22.1.0-slim"),
      remedy: expect.stringContaining("node:22.1.0-alpine, gcr.io/distroless/nodejs22-debian12"),
    },
  ],
  [
    "ubuntu",
    "FROM docker.io/library/ubuntu:24.04",
    { answer: "fail", at: ["1:6"], notes: [], remedy: expect.stringContaining("alpine") },
  ],
  [
    "python without a version",
    "FROM python",
    { answer: "fail", at: ["1:6"], notes: [], remedy: expect.stringContaining("python:…-alpine") },
  ],
  [
    "ubi-minimal",
    "FROM registry.access.redhat.com/ubi9-minimal:9.5",
    { answer: "fail", at: ["1:6"], notes: [] },
  ],
  [
    "by the default of an ARG",
    "ARG V=22\nFROM --platform=linux/amd64 node:${V}",
    { answer: "fail", at: ["2:29"], notes: [] },
  ],
  [
    "an earlier stage's base",
    "FROM debian:12 AS a\nFROM a AS b\nFROM b",
    { answer: "fail", at: ["1:6"], notes: [] },
  ],
  ["trap: alpine", "FROM node:22.12.0-alpine\n", { answer: "pass", at: [], notes: [] }],
  [
    "trap: distroless, by digest",
    "FROM gcr.io/distroless/static-debian12@sha256:aa",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: chiselled",
    "FROM mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: scratch, a mirror with a port",
    "FROM registry.example:5000/node:22 AS a\nFROM scratch",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: someone else's node",
    "FROM registry.example:5000/team/node",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("does not say") },
  ],
  ["trap: only the build knows", "ARG BASE\nFROM $BASE", { answer: "unproven", at: [], notes: [] }],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileBase, text)).toMatchObject(expected);
});
