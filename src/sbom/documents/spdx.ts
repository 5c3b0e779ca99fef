import { createHash } from "node:crypto";
import { type Component, componentsOf, fullName, placeOf } from "./components.ts";
import { type SbomContent, type SbomSubject, subjectName, subjectVersion } from "./document.ts";
import { isSpdxExpression } from "./licenses.ts";
import { serialOf } from "./serial.ts";

const IMAGE = "SPDXRef-Image";

/** A document in SPDX 2.3's JSON (https://spdx.github.io/spdx-spec/v2.3/). */
export function spdx(content: SbomContent): object {
  const { subject, packages, douane, created } = content;
  const all = componentsOf(content);
  const components = all.map((component) => ({ component, id: idOf(component.purl) }));
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: subjectName(subject),
    documentNamespace: `urn:uuid:${serialOf(content, all, "spdx-2.3")}`,
    creationInfo: { created: seconds(created), creators: [`Tool: douane-${douane}`] },
    packages: [
      imagePackage(subject),
      ...(packages.os === undefined
        ? []
        : [
            {
              SPDXID: "SPDXRef-OperatingSystem",
              name: packages.os.id,
              ...(packages.os.version === undefined ? {} : { versionInfo: packages.os.version }),
              primaryPackagePurpose: "OPERATING_SYSTEM",
              ...UNSAID,
            },
          ]),
      ...components.map(({ component, id }) => packageOf(component, id)),
    ],
    relationships: [
      relationship("SPDXRef-DOCUMENT", "DESCRIBES", IMAGE),
      ...(packages.os === undefined ? [] : [relationship(IMAGE, "CONTAINS", "SPDXRef-OperatingSystem")]),
      ...components.map(({ id }) => relationship(IMAGE, "CONTAINS", id)),
    ],
  };
}

const UNSAID = { downloadLocation: "NOASSERTION", filesAnalyzed: false };

function imagePackage(subject: SbomSubject): object {
  const { digest } = subject;
  return {
    SPDXID: IMAGE,
    name: subjectName(subject),
    versionInfo: subjectVersion(subject),
    primaryPackagePurpose: "CONTAINER",
    ...UNSAID,
    ...(digest === undefined
      ? {}
      : { checksums: [{ algorithm: "SHA256", checksumValue: digest.slice("sha256:".length) }] }),
  };
}

function packageOf({ purl, facts, places }: Component, id: string): object {
  const { version, licenses = [], source, cataloger } = facts;
  const declared = licenses.filter(isSpdxExpression);
  const isWhole = licenses.length > 0 && declared.length === licenses.length;
  const built = source === undefined ? "" : `; built from ${source.name} ${source.version}`;
  return {
    SPDXID: id,
    name: fullName(facts),
    ...(version === "" ? {} : { versionInfo: version }),
    ...UNSAID,
    licenseDeclared: isWhole ? expressionOf(declared) : "NOASSERTION",
    sourceInfo: `found by ${cataloger} in ${places.map(placeOf).join(", ")}${built}`,
    ...(isWhole || licenses.length === 0 ? {} : { licenseComments: licenses.join(", ") }),
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
  };
}

function expressionOf(licenses: readonly string[]): string {
  return licenses.length === 1 ? (licenses[0] ?? "") : licenses.map((one) => `(${one})`).join(" AND ");
}

function relationship(from: string, relationshipType: string, to: string): object {
  return { spdxElementId: from, relationshipType, relatedSpdxElement: to };
}

/** Letters, digits, `.` and `-` only. */
function idOf(purl: string): string {
  return `SPDXRef-Package-${createHash("sha256").update(purl).digest("hex").slice(0, 16)}`;
}

/** SPDX knows no fractions of a second. */
function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
