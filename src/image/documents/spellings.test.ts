import { expect, test } from "vitest";
import { z } from "zod";
import { verifySpelling } from "../../json/spelling.ts";
import { ConfigDocument } from "./config.ts";
import { Index, Manifest } from "./manifest.ts";
import { CONFIG_SPELLING, MANIFEST_SPELLING } from "./spellings.ts";

test.each([
  [{ config: { User: "1000", user: "0" } }, "user"],
  [{ config: { "U\u017fer": "0" } }, "U\u017fer"],
  [{ Config: {} }, "Config"],
  [{ config: { env: ["A=b"] } }, "env"],
  [{ config: { Healthcheck: { test: [] } } }, "test"],
  [{ history: [{ created_by: "x" }, { Created_By: "y" }] }, "Created_By"],
  [{ rootfs: { Diff_IDs: [] } }, "Diff_IDs"],
])("config %j is refused for %s", (config, key) => {
  expect(() => verifySpelling(config, CONFIG_SPELLING, "config")).toThrow(JSON.stringify(key));
});

test.each([
  [{ layers: [], Layers: [] }],
  [{ mediatype: "x" }],
  [{ layers: [{ Digest: "x" }] }],
  [{ manifests: [{ platform: { OS: "linux" } }] }],
  [{ "\u212aonfig": {}, MANIFESTS: [] }],
])("manifest %j is refused", (manifest) => {
  expect(() => verifySpelling(manifest, MANIFEST_SPELLING, "manifest")).toThrow(/should be written/);
});

/** The fields that a schema reads, as a Spelling has them: keys that are data end it. */
function fieldsOf(schema: unknown): object {
  if (typeof schema !== "object" || schema === null) return {};
  const { anyOf = [], items, properties = {} } = schema as z.core.JSONSchema.BaseSchema;
  const own = Object.entries(properties).map(([name, field]) => [name, fieldsOf(field)]);
  return Object.assign(Object.fromEntries(own), ...[...anyOf, items].map(fieldsOf));
}

test.each([
  ["config", [ConfigDocument], CONFIG_SPELLING],
  ["manifest and index", [Manifest, Index], MANIFEST_SPELLING],
])("every field of a %s that is read has its one spelling", (_, schemas, spelling) => {
  for (const schema of schemas) {
    expect(spelling).toMatchObject(fieldsOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })));
  }
});

test("labels, annotations and fields that nobody reads may be spelt at will", () => {
  const config = {
    config: { Labels: { User: "a", user: "b" }, Domainname: "x" },
    container_config: { user: "" },
  };
  expect(() => verifySpelling(config, CONFIG_SPELLING, "config")).not.toThrow();
  expect(() => verifySpelling({ annotations: { A: "", a: "" } }, MANIFEST_SPELLING, "x")).not.toThrow();
});
