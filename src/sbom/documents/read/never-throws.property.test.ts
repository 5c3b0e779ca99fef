import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sbomContents } from "../../../../test/fixtures/sbom-contents.ts";
import { cycloneDx } from "../cyclonedx.ts";
import type { SbomContent } from "../document.ts";
import { spdx } from "../spdx.ts";
import { spdx3 } from "../spdx3.ts";
import { readSbom } from "./read-sbom.ts";

const STATES = ["unread", "invalid", "empty", "read"];

const FORMATS: readonly (readonly [string, (content: SbomContent) => object])[] = [
  ["CycloneDX", (content) => cycloneDx(content, "1.6")],
  ["SPDX 2.3", spdx],
  ["SPDX 3.0.1", spdx3],
];

/** Puts another value where a walk along keys chosen by numbers ends. */
function replaced(value: unknown, path: readonly number[], other: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined || typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined) return other;
  const changed = Object.entries(value).map(([name, child]) =>
    name === key ? [name, replaced(child, rest, other)] : [name, child],
  );
  return Array.isArray(value) ? changed.map(([, child]) => child) : Object.fromEntries(changed);
}

describe.each(FORMATS)("a document of %s", (_, write) => {
  test("with any value in any place is read, or why not is said", () => {
    fc.assert(
      fc.property(
        sbomContents,
        fc.array(fc.nat(50), { maxLength: 6 }),
        fc.jsonValue(),
        (content, path, other) => {
          const document = replaced(JSON.parse(JSON.stringify(write(content))), path, other);
          expect(STATES).toContain(readSbom(Buffer.from(JSON.stringify(document)), "a").state);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("with any bytes changed, or cut off, is read, or why not is said", () => {
    fc.assert(
      fc.property(sbomContents, fc.nat(), fc.nat(255), fc.boolean(), (content, at, byte, isCut) => {
        const bytes = Buffer.from(JSON.stringify(write(content)));
        const place = at % bytes.length;
        bytes[place] = byte;
        const given = isCut ? bytes.subarray(0, place) : bytes;
        expect(STATES).toContain(readSbom(given, "a").state);
      }),
      { numRuns: 300 },
    );
  });
});

const tag = fc.constantFrom(
  "SPDXID",
  "PackageName",
  "ExternalRef",
  "Created",
  "Relationship",
  "FileName",
  "X",
);
const element = fc.constantFrom("components", "component", "licenses", "purl", "tools", "properties", "name");

test.each<[string, fc.Arbitrary<string>]>([
  ["any text", fc.string({ unit: "binary" })],
  ["any JSON", fc.json()],
  [
    "any tags and values",
    fc
      .array(fc.tuple(tag, fc.oneof(fc.string(), fc.constantFrom("<text>", "<text>a\nb</text>"))))
      .map((lines) => ["SPDXVersion: SPDX-2.3", ...lines.map((line) => line.join(": "))].join("\n")),
  ],
  [
    "any elements",
    fc
      .array(
        fc.tuple(
          element,
          fc.string({ unit: "grapheme-ascii" }).map((text) => text.replaceAll(/[<&\]]/g, "")),
        ),
      )
      .map((all) => {
        const inner = all.reduce(
          (within, [name, text]) => `<${name} type="library">${text}${within}</${name}>`,
          "",
        );
        return `<bom xmlns="http://cyclonedx.org/schema/bom/1.6">${inner}</bom>`;
      }),
  ],
])("%s is read, or why not is said", (_, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(STATES).toContain(readSbom(Buffer.from(text), "a").state);
    }),
    { numRuns: 300 },
  );
});
