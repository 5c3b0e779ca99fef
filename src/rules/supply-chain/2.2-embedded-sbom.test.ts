import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { digestOf, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { foundSbom, sbomFacts } from "../../../test/fixtures/sbom-facts.ts";
import type { RawImage } from "../../contract/image-facts.ts";
import type { FoundSbom } from "../../contract/sbom-facts.ts";
import { embeddedSbom } from "./2.2-embedded-sbom.ts";

const image = imageFacts({ layers: [{}, {}] });

function check(...documents: readonly Partial<FoundSbom>[]) {
  return checkRule(embeddedSbom, { sbom: sbomFacts({ documents: documents.map(foundSbom) }), image });
}

test("a document that counts: a pass that names it, its format and how much it names", () => {
  expect(check({})).toEqual({
    status: "pass",
    proof: {
      fr: "SBOM de l'image : /usr/share/sbom/portal.cdx.json (CycloneDX 1.6, 12 paquets)",
      en: "SBOM of the image: /usr/share/sbom/portal.cdx.json (CycloneDX 1.6, 12 packages)",
    },
    notes: [],
  });
});

test("one in the application's jar is named by both; of many, three are named", () => {
  const inside = {
    in: "file",
    path: "/app/app.jar",
    layer: 1,
    inside: "META-INF/sbom/application.cdx.json",
  } as const;
  expect(check({ at: inside }, {}, {}, {}, {})).toMatchObject({
    proof: {
      fr: expect.stringMatching(
        /^SBOM de l'image : \/app\/app\.jar!\/META-INF\/sbom\/application\.cdx\.json .* et 2 autres$/,
      ),
      en: expect.stringMatching(/ and 2 others$/),
    },
  });
});

test("an attestation is named by its manifest, as unsigned where it is", () => {
  const at = { in: "attestation", manifest: digestOf(7) } as const;
  expect(check({ at, signed: false })).toMatchObject({
    proof: {
      en: expect.stringContaining(`${digestOf(7)} (CycloneDX 1.6, 12 packages, an unsigned attestation`),
    },
  });
  expect(check({ at, state: "invalid" })).toMatchObject({ findings: [{ at: { path: digestOf(7) } }] });
});

test("no document: a fail", () => {
  expect(check()).toMatchObject({
    status: "fail",
    findings: [{ message: { en: "the image embeds no SBOM" }, fingerprint: "2.2-embedded-sbom:none" }],
  });
});

test("those of dependencies are none of the image's", () => {
  expect(check({ state: "dependency" })).toMatchObject({
    status: "fail",
    findings: [{ message: { en: expect.stringContaining("only dependencies have theirs") } }],
  });
});

describe("a document that does not count", () => {
  const problem = { fr: "le champ x manque", en: "field x is missing" };
  test.each<[Partial<FoundSbom>, string]>([
    [{ state: "unreadable" }, "not readable"],
    [{ state: "unknown-format" }, "neither SPDX nor CycloneDX"],
    [{ state: "invalid", problem }, "violates its format (field x is missing)"],
    [{ state: "empty" }, "names no package"],
    [{ state: "foreign" }, "describes another image"],
    [{ state: "foreign", subject: "other 1.0" }, "describes another image (other 1.0)"],
    [{ state: "hidden" }, "deleted or replaced by a later layer"],
    [{ state: "link" }, "a link, not a document"],
  ])("%j: a fail that says so", (document, said) => {
    expect(check(document)).toMatchObject({
      status: "fail",
      findings: [
        {
          message: { en: expect.stringContaining(`/usr/share/sbom/portal.cdx.json, ${said}`) },
          at: { path: "/usr/share/sbom/portal.cdx.json", layer: digestOf(1) },
        },
      ],
    });
  });

  test("is a note beside one that counts, unless nobody looks for it", () => {
    expect(check({}, { state: "invalid" }, { state: "hidden" }, { state: "dependency" })).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining("violates its format") } }],
    });
  });

  test("has its place without a layer where none is known", () => {
    const sbom = sbomFacts({ documents: [foundSbom({ state: "empty" })] });
    expect(checkRule(embeddedSbom, { sbom })).toMatchObject({
      findings: [{ at: { path: "/usr/share/sbom/portal.cdx.json" } }],
    });
  });

  test("has its layer's diffId where no digest is known", () => {
    const [first] = image.layers;
    if (first === undefined) throw new Error("no layer");
    const { digest: _, ...layer } = first;
    const archived = asMasked<RawImage>({ ...image, layers: [layer] });
    const sbom = sbomFacts({ documents: [foundSbom({ state: "empty" })] });
    expect(checkRule(embeddedSbom, { sbom, image: archived })).toMatchObject({
      findings: [{ at: { layer: digestOf(0x101) } }],
    });
  });

  test("shows no more of a version than a line, and none where there is none", () => {
    const format = { name: "SPDX", version: "", encoding: "json" } as const;
    expect(check({ format })).toMatchObject({
      proof: { en: expect.stringContaining("(SPDX, 12 packages)") },
    });
    const { format: _, ...formless } = foundSbom();
    const outcome = checkRule(embeddedSbom, { sbom: sbomFacts({ documents: [formless] }) });
    expect(outcome).toMatchObject({ proof: { en: expect.stringContaining("(12 packages)") } });
  });
});

test("a document that is longer than what is read: unproven", () => {
  expect(check({ state: "too-long" })).toMatchObject({
    status: "unproven",
    reason: {
      en: expect.stringContaining("/usr/share/sbom/portal.cdx.json (too large to be read: bounds embedded"),
    },
  });
  expect(check({ state: "too-long" }, { state: "too-long" })).toMatchObject({
    reason: { fr: expect.stringContaining("et 1 autre "), en: expect.stringContaining("and 1 other ") },
  });
});

test("none in the layers that were read, beside one that was not: unproven", () => {
  const unread = imageFacts({ layers: [{}, { unread: { fr: "étrangère", en: "foreign" } }] });
  expect(checkRule(embeddedSbom, { sbom: sbomFacts(), image: unread }).status).toBe("unproven");
});
