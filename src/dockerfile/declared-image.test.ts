import { expect, test } from "vitest";
import { summary } from "../../test/fixtures/dockerfile.ts";
import { dockerfileDefaultBind } from "../rules/dockerfile/1.3-dockerfile-default-bind.ts";

const SERVER = "#!/bin/sh\nexec flask run\nEOF\n";

/** Answer of the rule on default bind addresses. */
function answer(...lines: readonly string[]) {
  return summary(dockerfileDefaultBind, ["FROM node:22.12.0-alpine", ...lines].join("\n")).answer;
}

test.each([
  ["by its path", "/app", "/app/start.sh", "/app/start.sh"],
  ["from the working directory", "/app", "/app/start.sh", "./start.sh"],
  ["from a folder above it", "/app", "/app/bin/start.sh", "./bin/start.sh"],
  ["from the root", "/", "/start.sh", "./start.sh"],
  ["by its name in PATH", "/app", "/usr/local/bin/start", "start"],
  ["by its name in a folder of the system", "/app", "/sbin/start", "start"],
])("a script that the Dockerfile holds is followed: %s", (_, directory, path, start) => {
  const lines = [`WORKDIR ${directory}`, `COPY <<EOF ${path}\n${SERVER}`, `CMD ["${start}"]`];
  expect(answer(...lines)).toBe("presumed");
});

test.each([
  ["another path", "/app/start.sh", "/srv/start.sh"],
  ["a folder that PATH does not name", "/opt/start.sh", "start.sh"],
  ["a folder whose name only begins so", "/application/start.sh", "./lication/start.sh"],
])("trap: what is started is not that script: %s", (_, path, start) => {
  expect(answer("WORKDIR /app", `COPY <<EOF ${path}\n${SERVER}`, `CMD ["${start}"]`)).not.toBe("presumed");
});

test("what was written last is what is started", () => {
  const first = `COPY <<EOF /start.sh\n${SERVER}`;
  const last = "COPY <<EOF /start.sh\n#!/bin/sh\nexec node server.js\nEOF\n";
  const start = 'CMD ["/start.sh"]';
  expect(answer(first, last, start)).toBe("pass");
  expect(answer(last, first, start)).toBe("presumed");
});

test("a script of a stage counts in those that are made from it, and in no other", () => {
  const script = `COPY <<EOF /start.sh\n${SERVER}`;
  const start = 'CMD ["/start.sh"]';
  expect(answer("FROM node:22.12.0-alpine AS base", script, "FROM base", start)).toBe("presumed");
  expect(answer("FROM node:22.12.0-alpine AS other", script, "FROM node:22.12.0-alpine", start)).not.toBe(
    "presumed",
  );
});
