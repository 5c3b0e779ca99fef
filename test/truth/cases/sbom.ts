// First half of row 14: the SBOM embedded in an image. Without vulnerability data the answer is never yes.

import { manifestOf, withAttestation } from "../../fixtures/image/image.ts";
import { layerOf } from "../../fixtures/image/layer.ts";
import { zipOf } from "../../fixtures/zip.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image, imageOf } from "../given/image.ts";

const NAMES = ["musl", "busybox", "zlib", "openssl", "apk-tools"];

/** Packages of the image: five of Alpine, and two of npm. */
const PACKAGES: LayerFiles = {
  "lib/apk/db/installed": `${NAMES.map((name) => `P:${name}\nV:1.2.${name.length}-r0\nA:x86_64\n`).join("\n")}\n`,
  "app/node_modules/left-pad/package.json": '{"name":"left-pad","version":"1.3.0"}',
  "app/node_modules/@acme/ui/package.json": '{"name":"@acme/ui","version":"2.0.0"}',
};

const SYSTEM = NAMES.map(
  (name) => `pkg:apk/alpine/${name}@1.2.${name.length}-r0?arch=x86_64&distro=alpine-3.23.3`,
);
const APPLICATION = ["pkg:npm/left-pad@1.3.0", "pkg:npm/%40acme/ui@2.0.0"];
const ALL = [...SYSTEM, ...APPLICATION];

/** `left-pad` of `pkg:npm/left-pad@1.3.0`. */
function nameIn(purl: string): string {
  return purl.slice(purl.lastIndexOf("/") + 1).replace(/@.*/, "");
}

function cycloneDx(purls: readonly string[], more: object = {}): string {
  return JSON.stringify({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    components: purls.map((purl) => ({ type: "library", name: nameIn(purl), "bom-ref": purl, purl })),
    ...more,
  });
}

function spdx(purls: readonly string[]): string {
  return JSON.stringify({
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: "portal",
    documentNamespace: "https://example.org/portal",
    creationInfo: { created: "2026-01-01T00:00:00Z", creators: ["Tool: x-1"] },
    packages: purls.map((purl, index) => ({
      SPDXID: `SPDXRef-${index}`,
      name: nameIn(purl),
      downloadLocation: "NOASSERTION",
      externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
    })),
  });
}

function attested(digest: string): object {
  return {
    _type: "https://in-toto.io/Statement/v0.1",
    predicateType: "https://spdx.dev/Document",
    subject: [{ name: "portal", digest: { sha256: digest.slice("sha256:".length) } }],
    predicate: JSON.parse(spdx(ALL)),
  };
}

function about(component: object): string {
  return cycloneDx(ALL, { metadata: { component: { type: "container", name: "portal", ...component } } });
}

const PLACE = "usr/share/sbom/portal.cdx.json";
const FOREIGN = `sha256:${"f".repeat(64)}`;
const LOWEST = layerOf([{ path: "x", content: "x" }]).diffId;

function no(name: string, files: LayerFiles, why: string): Case {
  return { name, given: image({ files: { ...PACKAGES, ...files } }), expect: { sbom: "no" }, why };
}

/** A case without a fault; only the other half of the row is missing. */
function fine(name: string, files: LayerFiles, why: string): Case {
  const given = image({ files: { ...PACKAGES, ...files } });
  return { name, given, expect: { sbom: "unproven" }, trap: true, why };
}

export const cases: Cases = [
  fine("CycloneDX that names everything", { [PLACE]: cycloneDx(ALL) }, "It covers what is there."),
  fine("SPDX that names everything", { "app/portal.spdx.json": spdx(ALL) }, "It covers what is there."),
  fine("sbom.json at the root", { "sbom.json": cycloneDx(ALL) }, "A usual place."),
  fine(
    "one document for the system, one for the application",
    { [PLACE]: cycloneDx(SYSTEM), "app/app.spdx.json": spdx(APPLICATION) },
    "The union counts.",
  ),
  fine(
    "a buildpack's layer",
    { "layers/sbom/launch/acme_node/modules/sbom.cdx.json": cycloneDx(ALL) },
    "Where the lifecycle lays them.",
  ),
  fine(
    "more than there is",
    { [PLACE]: cycloneDx([...ALL, "pkg:npm/only-there@1.0.0"]) },
    "What only the document knows is a note.",
  ),
  fine(
    "the sum is spelt otherwise",
    { [PLACE]: cycloneDx([...SYSTEM.map((purl) => purl.replace(/\?.*/, "")), ...APPLICATION]) },
    "Qualifiers tell no other package.",
  ),
  fine(
    "a subject by name alone",
    { [PLACE]: about({ version: "1.4.2" }) },
    "A tag moves; no digest says that it is another image.",
  ),
  fine(
    "one that counts beside one that is broken",
    { [PLACE]: cycloneDx(ALL), "app/x.cdx.json": "{" },
    "The broken one is a note.",
  ),
  {
    name: "the application's jar names itself, and there is nothing else",
    given: image({
      files: {
        "app/app.jar": zipOf([
          {
            name: "META-INF/sbom/application.cdx.json",
            content: cycloneDx(["pkg:maven/com.acme/portal@1.4.2"]),
          },
          {
            name: "META-INF/maven/com.acme/portal/pom.properties",
            content: "groupId=com.acme\nartifactId=portal\nversion=1.4.2\n",
          },
          { name: "a/B.class", content: "\xca\xfe\xba\xbe" },
        ]),
      },
    }),
    expect: { sbom: "unproven" },
    trap: true,
    why: "Spring Boot's plugin lays it there.",
  },
  no("none", {}, "Contract, 2.2: each image must embed one."),
  no("an empty file", { [PLACE]: "" }, "It says nothing."),
  no("no JSON", { [PLACE]: "{" }, "Not readable."),
  no("JSON of something else", { [PLACE]: '{"name":"portal"}' }, "Neither SPDX nor CycloneDX."),
  no("of a version that is none", { [PLACE]: '{"bomFormat":"CycloneDX","specVersion":"9.9"}' }, "Not valid."),
  no(
    "a component without a name",
    { [PLACE]: cycloneDx(ALL).replace('"name":"left-pad",', "") },
    "Its schema asks for one.",
  ),
  no("no components", { [PLACE]: cycloneDx([]) }, "Empty."),
  no("another image's digest", { [PLACE]: about({ version: FOREIGN }) }, "It is foreign."),
  no(
    "another image's layers",
    { [PLACE]: about({ properties: [{ name: "douane:image:layer", value: LOWEST }] }) },
    "It is foreign.",
  ),
  no("the system is missing", { [PLACE]: cycloneDx(APPLICATION) }, "All of one source is missing."),
  no("the application is missing", { [PLACE]: cycloneDx(SYSTEM) }, "All of one source is missing."),
  no("one of two is missing", { [PLACE]: cycloneDx(ALL.slice(0, -1)) }, "Less than 90 % of npm's."),
  no(
    "everything with another version",
    { [PLACE]: cycloneDx(ALL.map((purl) => purl.replace(/@\d/, "@9"))) },
    "Another version is another package.",
  ),
  no(
    "wildcards and empty names",
    { [PLACE]: cycloneDx(["pkg:npm/*@*", "pkg:apk/alpine/*", "pkg:npm/%20@1", "*", "pkg:generic/%2A@%2A"]) },
    "Names are compared, not matched.",
  ),
  no(
    "a hundred thousand packages, and none that is there",
    { [PLACE]: cycloneDx(Array.from({ length: 100_000 }, (_, index) => `pkg:npm/p${index}@1.0.0`)) },
    "Many names are not these names.",
  ),
  no(
    "in node_modules",
    { "app/node_modules/left-pad/portal.cdx.json": cycloneDx(ALL) },
    "The SBOM of a dependency is not the image's.",
  ),
  no(
    "a link to one",
    { "data/x": cycloneDx(ALL), [PLACE]: { type: "symlink", link: "/data/x" } },
    "What a link leads to is not where it says.",
  ),
  {
    name: "deleted by a later layer",
    given: image({
      files: { ...PACKAGES, [PLACE]: cycloneDx(ALL) },
      layers: [{ files: { "usr/share/sbom/.wh.portal.cdx.json": "" } }],
    }),
    expect: { sbom: "no" },
    why: "The container does not have it.",
  },
  {
    name: "packages that came after it was made",
    given: image({
      files: { ...PACKAGES, [PLACE]: cycloneDx(ALL) },
      layers: [
        {
          files: {
            "app/node_modules/late/package.json": '{"name":"late","version":"1.0.0"}',
          },
        },
      ],
    }),
    expect: { sbom: "no" },
    why: "Two of three: less than 90 %.",
  },
  {
    name: "BuildKit's attestation beside the image",
    given: {
      image: withAttestation(
        imageOf({ files: PACKAGES }),
        attested(manifestOf(imageOf({ files: PACKAGES })).digest),
      ),
      platform: "linux/amd64",
    },
    expect: { sbom: "unproven" },
    trap: true,
    why: "Its builder's word, as a document in a layer is.",
  },
  {
    name: "an attestation of another image",
    given: {
      image: withAttestation(imageOf({ files: PACKAGES }), attested(FOREIGN)),
      platform: "linux/amd64",
    },
    expect: { sbom: "no" },
    why: "Its subject is another digest.",
  },
  {
    name: "a share that the policy lowers",
    given: {
      ...image({ files: { ...PACKAGES, [PLACE]: cycloneDx(ALL.slice(0, -1)) } }),
      policy: { sbomCoverage: 50 },
    },
    expect: { sbom: "unproven" },
    trap: true,
    why: "The platform's word.",
  },
];
