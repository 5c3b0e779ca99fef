// The Helm chart against Kustomize: with the same choices, both give the same objects. Helm itself is not here; a
// renderer of the few forms that the templates use takes its place, and fails for any other one.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load, loadAll } from "js-yaml";
import { afterAll, expect, test } from "vitest";
import { helmChart } from "../../scripts/docs/helm-chart.ts";
import { ROOT } from "../fixtures/imports.ts";

type Values = Readonly<Record<string, unknown>>;

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const CHART = helmChart("1.2.3");
const folder = mkdtempSync(join(tmpdir(), "douane-chart-"));
cpSync(join(ROOT, "deploy"), folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

// Short: Kustomize breaks longer Base64 into lines.
const CA = "an authority\n";
const DEFAULTS = load(CHART.get("deploy/helm/values.yaml") ?? "") as Values;

/** Objects of the chart, as Helm's template engine makes them. */
function rendered(values: Values): readonly KubernetesObject[] {
  const templates = [...CHART].filter(([path]) => path.includes("/templates/"));
  const texts = templates.map(([, text]) => render(text, { ...DEFAULTS, ...values }));
  // Helm reads YAML 1.1, in which 0440 is octal.
  const decimal = texts.map((text) =>
    text.replace(/(?<=defaultMode: )0\d+/g, (mode) => `${Number.parseInt(mode, 8)}`),
  );
  return decimal
    .flatMap((text) => loadAll(text) as (KubernetesObject | null)[])
    .filter((one) => one !== null);
}

function render(template: string, values: Values): string {
  const kept: boolean[] = [];
  const lines: string[] = [];
  for (const line of template.split("\n")) {
    const [, word, path = ""] = /^\{\{- (if|else|end) ?(\S*) ?\}\}$/.exec(line) ?? [];
    if (word === "if") kept.push(valueAt(values, path) === true);
    else if (word === "else") kept.push(!kept.pop());
    else if (word === "end") expect(kept.pop()).toBeDefined();
    else if (kept.every(Boolean))
      lines.push(line.replace(/\{\{ (.*?) \}\}/g, (_, action) => valueOf(action, values)));
  }
  expect(kept).toEqual([]);
  return lines.join("\n");
}

function valueOf(action: string, values: Values): string {
  const [, message, path = "", pipes = ""] =
    /^(?:required "([^"]*)" )?(\.(?:Values|Release)[\w.]+)((?: \| [\w ]+)*)$/.exec(action) ?? [];
  const value = path === ".Release.Namespace" ? "douane" : valueAt(values, path);
  if (message !== undefined && value === "") throw new Error(message);
  if (value === undefined) throw new Error(`no value for {{ ${action} }}`);
  return pipes
    .split(" | ")
    .slice(1)
    .reduce(filtered, typeof value === "string" ? value : JSON.stringify(value));
}

function filtered(text: string, filter: string): string {
  switch (filter) {
    case "quote":
      return JSON.stringify(text);
    case "sha256sum":
      return createHash("sha256").update(text).digest("hex");
    case "indent 4":
      return text.replace(/^/gm, "    ");
    default:
      throw new Error(`the renderer does not know ${filter}`);
  }
}

function valueAt(values: Values, path: string): unknown {
  const keys = path.replace(/^\.Values\./, "").split(".");
  return keys.reduce<unknown>((at, key) => (at as Values | undefined)?.[key], values);
}

/** Objects of Kustomize, without the namespace, which Helm does not make. */
function kustomized(name: string): readonly KubernetesObject[] {
  const output = execFileSync("kubectl", ["kustomize", join(folder, name)], { encoding: "utf8" });
  return (loadAll(output) as KubernetesObject[]).filter(({ kind }) => kind !== "Namespace");
}

/** Objects by kind and name, without the two ways of rolling a Deployment out with its policy. */
function compared(objects: readonly KubernetesObject[]): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(objects).replaceAll(/"douane-policy-[0-9a-z]{10}"/g, '"douane-policy"');
  const clean: readonly KubernetesObject[] = JSON.parse(text, (_, value) =>
    typeof value?.annotations === "object" && "checksum/policy" in value.annotations
      ? { ...value, annotations: undefined }
      : value,
  );
  return Object.fromEntries(clean.map((one) => [`${one.kind}/${one.metadata.name}`, one]));
}

test("with its defaults, the chart is the base", () => {
  const objects = compared(rendered({}));
  expect(objects).toEqual(compared(kustomized("base")));
  expect(Object.keys(objects).length).toBe(rendered({}).length);
});

test("with roles, the chart is the base with the component", () => {
  const file = join(folder, "base", "kustomization.yaml");
  const base = readFileSync(file, "utf8");
  writeFileSync(file, `${base}components: [../roles]\n`);
  try {
    const roles = { ...(DEFAULTS["roles"] as Values), enabled: true };
    expect(compared(rendered({ roles }))).toEqual(compared(kustomized("base")));
  } finally {
    writeFileSync(file, base);
  }
});

test("with webhooks, the chart adds those of Kustomize, and is refused without their authority", () => {
  writeFileSync(join(folder, "webhooks", "ca.crt"), CA);
  const caBundle = Buffer.from(CA).toString("base64");
  const webhooks = kustomized("webhooks").filter(({ kind }) => kind.endsWith("WebhookConfiguration"));
  expect(webhooks).toHaveLength(2);
  expect(compared(rendered({ webhooks: { enabled: true, caBundle } }))).toEqual({
    ...compared(rendered({})),
    ...compared(webhooks),
  });
  expect(() => rendered({ webhooks: { enabled: true, caBundle: "" } })).toThrow(
    "ca.crt of the ConfigMap douane-ca",
  );
});

test("each value is used", () => {
  const changed = {
    image: "registry.example/other:2",
    replicas: 5,
    databaseSecret: "other-database",
    metricsNamespace: "other-monitoring",
    policy: "admission:\n  language: fr\n",
    roles: { enabled: true, examinerReplicas: 7, watcherReplicas: 8 },
  };
  expect(Object.keys({ ...changed, webhooks: {} }).sort()).toEqual(Object.keys(DEFAULTS).sort());
  const text = JSON.stringify(rendered(changed));
  for (const part of [
    '"other-database-admission"',
    '"other-database-examiner"',
    '"other-database-watcher"',
    '"other-monitoring"',
    "language: fr",
    ":5,",
    ":7,",
    ":8,",
  ])
    expect(text).toContain(part);
  expect(text.split('"registry.example/other:2"')).toHaveLength(4);
  expect(text).not.toContain("registry.example/platform/douane");
});
