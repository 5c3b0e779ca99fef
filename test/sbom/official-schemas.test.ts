import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cycloneDx } from "../../src/sbom/documents/cyclonedx.ts";
import { spdx3 } from "../../src/sbom/documents/spdx3.ts";
import { sbomContents } from "../fixtures/sbom-contents.ts";

test.each([
  ["1.6", Spec.Version.v1dot6],
  ["1.7", Spec.Version.v1dot7],
] as const)("CycloneDX %s of any image is valid by the official schema, strictly", async (version, spec) => {
  const validator = new Validation.JsonStrictValidator(spec);
  await fc.assert(
    fc.asyncProperty(sbomContents, async (content) => {
      expect(await validator.validate(JSON.stringify(cycloneDx(content, version)))).toBeNull();
    }),
    { numRuns: 50 },
  );
});

test("SPDX 3.0.1 of any image is valid by the official schema", () => {
  const file = join(import.meta.dirname, "..", "schemas", "spdx-3.0.1.schema.json");
  const schema: unknown = JSON.parse(readFileSync(file, "utf8"));
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema as object);
  fc.assert(
    fc.property(sbomContents, (content) => {
      const isValid = validate(JSON.parse(JSON.stringify(spdx3(content))));
      expect([isValid, validate.errors]).toEqual([true, null]);
    }),
    { numRuns: 50 },
  );
});
