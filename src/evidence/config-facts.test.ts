import { describe, expect, test } from "vitest";
import { configDocument } from "../../test/fixtures/config-document.ts";
import { configFacts } from "./config-facts.ts";

function facts(json: object, layers = 0) {
  return configFacts(configDocument(json), layers);
}

test("what a config leaves out is empty, as a runtime reads it", () => {
  expect(facts({})).toEqual({
    config: {
      user: "",
      env: [],
      entrypoint: [],
      cmd: [],
      workingDir: "",
      exposedPorts: [],
      volumes: [],
      labels: {},
    },
    history: [],
    secrets: [],
  });
});

test("what a config says is kept", () => {
  const { config } = facts({
    author: "ko",
    created: "1970-01-01T00:00:00Z",
    config: {
      User: "1000",
      Env: ["A=b"],
      Entrypoint: ["/app"],
      Cmd: ["serve"],
      WorkingDir: "/app",
      ExposedPorts: { "8080/tcp": {} },
      Volumes: { "/data": {} },
      Labels: { a: "b", none: null },
      StopSignal: "SIGQUIT",
      Shell: ["/bin/bash", "-c"],
      Healthcheck: { Test: ["CMD", "/healthz"] },
    },
  });
  expect(config).toEqual({
    user: "1000",
    env: ["A=b"],
    entrypoint: ["/app"],
    cmd: ["serve"],
    workingDir: "/app",
    exposedPorts: ["8080/tcp"],
    volumes: ["/data"],
    labels: { a: "b", none: "" },
    stopSignal: "SIGQUIT",
    shell: ["/bin/bash", "-c"],
    healthcheck: ["CMD", "/healthz"],
    author: "ko",
    created: "1970-01-01T00:00:00Z",
  });
});

describe("the history", () => {
  const history = [
    { created_by: "COPY . /app", comment: "buildkit.dockerfile.v0" },
    { created_by: "CMD", empty_layer: true },
    { created_by: "RUN x" },
    {},
  ];

  test("names the layer of every step that made one", () => {
    expect(facts({ history }, 3).history.map(({ layer }) => layer)).toEqual([0, undefined, 1, 2]);
    expect(facts({ history }, 3).history[0]).toMatchObject({ comment: "buildkit.dockerfile.v0" });
  });

  test("names no layer when it does not account for the image's layers", () => {
    expect(facts({ history }, 2).history.map(({ layer }) => layer)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test("a secret is masked wherever the config repeats it, and reported once", () => {
  const token = `glpat-${"x7Kd92LmQpZ4".repeat(2).slice(0, 20)}`;
  const found = facts({
    config: { Env: [`GITLAB_TOKEN=${token}`], Cmd: ["app", `--token=${token}`] },
    history: [{ created_by: `ENV GITLAB_TOKEN=${token}`, empty_layer: true }],
  });
  expect(JSON.stringify(found)).not.toContain(token);
  expect(found.secrets).toMatchObject([{ at: { in: "env", name: "GITLAB_TOKEN" } }]);
});
