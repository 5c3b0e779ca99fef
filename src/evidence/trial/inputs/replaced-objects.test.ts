import { describe, expect, test } from "vitest";
import { countedInputs } from "../../../../test/fixtures/counted-inputs.ts";
import { givenInputs, type InputCase, object } from "../../../../test/fixtures/given-inputs.ts";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";

const DIFFERS = "the trial lacked an input that the manifest gives";
const IGNORED = /^trial ignored: the (?:trial lacked an input|environment variables of the trial differ)/;

function config(name: string, data: Readonly<Record<string, string>>): string {
  return object("ConfigMap", name, data);
}

const KEY = { name: "HOST", valueFrom: { configMapKeyRef: { name: "web", key: "host" } } };
const MAYBE = { name: "HOST", valueFrom: { configMapKeyRef: { name: "web", key: "host", optional: true } } };
const PORT = { name: "PORT", valueFrom: { configMapKeyRef: { name: "web", key: "port" } } };
const BY_KEY: ContainerFacts = { env: [KEY, { name: "URL", value: "http://$(HOST)/" }] };
const WHOLE: ContainerFacts = { envFrom: [{ configMapRef: { name: "web" }, prefix: "W_" }] };
const OTHER = config("other", { A: "other" });

/** A mount of the ConfigMap at /etc/app. */
function mounted(configMap: object = {}, more: Partial<InputCase> = {}, mount: object = {}): InputCase {
  return {
    spec: { volumeMounts: [{ name: "v", mountPath: "/etc/app", ...mount }] },
    pod: { volumes: [{ name: "v", sources: ["configMap"], configMap: { name: "web", ...configMap } }] },
    ...more,
  };
}

const env = (values: Readonly<Record<string, string>>) => ({ settings: { env: values } });
const files = (values: Readonly<Record<string, string>>) => ({ settings: { files: values } });
const items = (...keys: string[]) => ({ items: keys.map((key) => ({ key, path: `${key}.d/x` })) });

describe("a ConfigMap that was elsewhere, and of which settings gave each value", () => {
  test.each<[string, InputCase, InputCase]>([
    [
      "a key, and a variable that refers to it",
      { spec: BY_KEY, ...env({ HOST: "0.0.0.0" }) },
      { spec: BY_KEY, objects: config("web", { host: "0.0.0.0", more: "x" }) },
    ],
    [
      "all keys as variables",
      { spec: WHOLE, ...env({ W_A: "1", W_B: "2" }) },
      { spec: WHOLE, objects: config("web", { A: "1", B: "2" }) },
    ],
    [
      "all keys as files",
      mounted({}, files({ "/etc/app/app.yml": "a: 1", "/etc/app/b": "" })),
      mounted({}, { objects: config("web", { "app.yml": "a: 1", b: "" }) }),
    ],
    [
      "one file of two, by items",
      mounted(items("a"), files({ "/etc/app/a.d/x": "1" })),
      mounted(items("a"), { objects: config("web", { a: "1", b: "2" }) }),
    ],
    [
      "one file, by subPath",
      mounted({}, files({ "/etc/app": "1" }), { subPath: "a" }),
      mounted({}, { objects: config("web", { a: "1", b: "2" }) }, { subPath: "a" }),
    ],
    [
      "a key that another source hides in both",
      { spec: { env: [{ name: "W_A", value: "x" }], ...WHOLE }, ...env({ W_B: "2" }) },
      { spec: { env: [{ name: "W_A", value: "x" }], ...WHOLE }, objects: config("web", { A: "1", B: "2" }) },
    ],
    [
      "beside a ConfigMap that both have",
      {
        spec: { envFrom: [...(WHOLE.envFrom ?? []), { configMapRef: { name: "other" } }] },
        objects: OTHER,
        ...env({ W_A: "1" }),
      },
      {
        spec: { envFrom: [...(WHOLE.envFrom ?? []), { configMapRef: { name: "other" } }] },
        objects: OTHER + config("web", { A: "1" }),
      },
    ],
  ])("%s: the trial counts", (_, tried, judged) => {
    expect(countedInputs(tried, judged)).toBe("counts");
  });

  test.each<[string, InputCase, InputCase]>([
    [
      "another value of a key",
      { spec: BY_KEY, ...env({ HOST: "0.0.0.0" }) },
      { spec: BY_KEY, objects: config("web", { host: "127.0.0.1" }) },
    ],
    [
      "a key more",
      { spec: WHOLE, ...env({ W_A: "1" }) },
      { spec: WHOLE, objects: config("web", { A: "1", LOG_FILE: "/var/data/app.log" }) },
    ],
    [
      "a key less",
      { spec: WHOLE, ...env({ W_A: "1", W_LOG: "stdout" }) },
      { spec: WHOLE, objects: config("web", { A: "1" }) },
    ],
    [
      "a file less",
      mounted({}, files({ "/etc/app/a": "1", "/etc/app/b": "2" })),
      mounted({}, { objects: config("web", { a: "1" }) }),
    ],
    [
      "a file more",
      mounted({}, files({ "/etc/app/a": "1" })),
      mounted({}, { objects: config("web", { a: "1", b: "2" }) }),
    ],
    [
      "another content of a file",
      mounted({}, files({ "/etc/app/a": "1" })),
      mounted({}, { objects: config("web", { a: "2" }) }),
    ],
    [
      "a binary file more",
      mounted({}, files({ "/etc/app/a": "1" })),
      mounted(
        {},
        {
          objects: `${JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web" }, data: { a: "1" }, binaryData: { b: "/w==" } })}\n---\n`,
        },
      ),
    ],
    [
      "other items",
      mounted(items("a"), files({ "/etc/app/a.d/x": "1" })),
      mounted(items("a", "b"), { objects: config("web", { a: "1", b: "2" }) }),
    ],
    [
      "a variable of another source that the ConfigMap now hides",
      {
        spec: { envFrom: [{ configMapRef: { name: "other" } }, { configMapRef: { name: "web" } }] },
        objects: OTHER,
        ...env({ B: "2" }),
      },
      {
        spec: { envFrom: [{ configMapRef: { name: "other" } }, { configMapRef: { name: "web" } }] },
        objects: OTHER + config("web", { A: "hides", B: "2" }),
      },
    ],
    [
      "an optional key, of which settings give nothing",
      { spec: { env: [MAYBE, PORT] }, ...env({ HOST: "0.0.0.0", PORT: "80" }) },
      { spec: { env: [MAYBE, PORT] }, objects: config("web", { host: "0.0.0.0", port: "80" }) },
    ],
    [
      "the value of a neighbour, whose own trial says what it was given",
      { spec: BY_KEY, ...env({ HOST: "0.0.0.0" }), beside: [{ name: "two", env: [KEY] }] },
      {
        spec: BY_KEY,
        beside: [{ name: "two", env: [KEY] }],
        objects: config("web", { host: "0.0.0.0" }),
      },
    ],
    [
      "a value whose name is a secret's, of which evidence has no digest",
      { spec: { env: [{ ...KEY, name: "DB_PASSWORD" }] }, ...env({ DB_PASSWORD: "x" }) },
      { spec: { env: [{ ...KEY, name: "DB_PASSWORD" }] }, objects: config("web", { host: "x" }) },
    ],
  ])("%s: the trial does not count", (_, tried, judged) => {
    expect(countedInputs(judged, judged)).toBe("counts");
    expect(countedInputs(tried, judged)).toMatch(IGNORED);
  });
});

describe("a Secret that was elsewhere, and for which settings gave more than it has", () => {
  const secret = (data: Readonly<Record<string, string>>) => object("Secret", "web", data);
  const whole: ContainerFacts = { envFrom: [{ secretRef: { name: "web" } }] };
  const volume = (more: object): InputCase => ({
    spec: { volumeMounts: [{ name: "s", mountPath: "/etc/s" }] },
    pod: { volumes: [{ name: "s", sources: ["secret"], secret: { secretName: "web", ...more } }] },
  });

  test.each<[string, InputCase, InputCase]>([
    [
      "a variable",
      { spec: whole, ...env({ A: "x", LOG: "stdout" }) },
      { spec: whole, objects: secret({ A: "x" }) },
    ],
    [
      "a file",
      { ...volume({}), ...files({ "/etc/s/a": "x", "/etc/s/b": "x" }) },
      { ...volume({}), objects: secret({ a: "x" }) },
    ],
  ])("%s: the trial does not count", (_, tried, judged) => {
    expect(countedInputs(tried, judged)).toContain(DIFFERS);
  });

  test("a file that items name counts, beside the variables of the same Secret", () => {
    const both = { ...volume({ items: [{ key: "a", path: "a.key" }] }) };
    const spec = { ...both.spec, ...whole };
    const tried = { ...both, spec, settings: { env: { a: "x" }, files: { "/etc/s/a.key": "x" } } };
    expect(countedInputs(tried, { ...both, spec, objects: secret({ a: "x" }) })).toBe("counts");
  });
});

test("evidence has a digest of what stood for a ConfigMap, and none of what stood for a Secret", () => {
  const spec: ContainerFacts = {
    env: [KEY, { name: "URL", valueFrom: { secretKeyRef: { name: "db", key: "url" } } }],
  };
  const { inputs } = givenInputs({ spec, ...env({ HOST: "0.0.0.0", URL: "postgres://db" }) }).subject;
  expect(inputs?.given).toEqual([
    { place: "env HOST", standsFor: "ConfigMap web/host", digest: expect.stringMatching(/^[0-9a-f]{32}$/) },
    { place: "env URL", standsFor: "Secret db/url" },
  ]);
});
