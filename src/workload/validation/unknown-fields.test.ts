import * as models from "@kubernetes/client-node/dist/gen/models/all.js";
import { expect, test } from "vitest";
import {
  container,
  cronJob,
  deployment,
  type Manifest,
  pod,
  podSpec,
} from "../../../test/fixtures/manifests.ts";
import { KNOWN_FIELDS } from "./known-fields.ts";
import { unknownFields } from "./unknown-fields.ts";

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

const MODELS = models as unknown as Readonly<
  Record<string, { getAttributeTypeMap(): readonly Attribute[] } | undefined>
>;

test.each([...KNOWN_FIELDS])("%s has the fields of Kubernetes' own schema", (type, known) => {
  const attributes = MODELS[`V1${type}`]?.getAttributeTypeMap() ?? [];
  expect([...known.keys()].toSorted()).toEqual(attributes.map(({ baseName }) => baseName).toSorted());
  for (const { baseName, type: of } of attributes) {
    const own = known.get(baseName);
    if (own === undefined) continue;
    expect(own.endsWith("[]") ? `Array<V1${own.slice(0, -2)}>` : `V1${own}`).toBe(of);
    expect(KNOWN_FIELDS.has(own.replace("[]", ""))).toBe(true);
  }
});

function unknown(value: Manifest): readonly string[] {
  const { apiVersion, kind } = value as { readonly apiVersion: string; readonly kind: string };
  return unknownFields({ value, apiVersion, kind, path: [] });
}

test.each([
  [deployment({ spec: { replicaz: 2 } }), ["spec.replicaz"]],
  [{ ...deployment(), specs: {} }, ["specs"]],
  [deployment({ pod: podSpec({ container: [] }) }), ["spec.template.spec.container"]],
  [
    deployment({ pod: podSpec({ containers: [container(), container({ enviroment: [] })] }) }),
    ["spec.template.spec.containers[1].enviroment"],
  ],
  [
    deployment({ pod: podSpec({ volumes: [{ name: "a", emptyDirs: {} }] }) }),
    ["spec.template.spec.volumes[0].emptyDirs"],
  ],
  [pod({ pod: podSpec({ "x-y": 1 }) }), ['spec["x-y"]']],
])("unknown: %#", (manifest, paths) => {
  expect(unknown(manifest)).toEqual(paths);
});

test.each([
  deployment(),
  cronJob(),
  // Names that others choose, and fields that are not set.
  deployment({ labels: { any: "a" }, annotations: { any: "a" }, spec: { replicaz: null } }),
  { apiVersion: "ci.example/v1", kind: "Deployment", anything: 1 },
  { apiVersion: "v1", kind: "Service", anything: 1 },
])("known: %#", (manifest) => {
  expect(unknown(manifest)).toEqual([]);
});

test("no more than fifty are named", () => {
  const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`field${index}`, 1]));
  expect(unknown({ ...deployment(), ...many })).toHaveLength(50);
});
