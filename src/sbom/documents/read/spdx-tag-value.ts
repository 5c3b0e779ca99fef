import { LIMITS } from "../../../contract/limits.ts";
import { problem } from "./problem.ts";
import type { SbomProblem } from "./sbom-document.ts";

/** Whether a text is SPDX tag-value, by its first tag. */
export function isTagValue(text: string): boolean {
  for (const line of text.slice(0, 4_096).split("\n")) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    return trimmed.startsWith("SPDXVersion:");
  }
  return false;
}

/** Tags, with their names in SPDX JSON. */
const OF_DOCUMENT: ReadonlyMap<string, string> = new Map([
  ["SPDXVersion", "spdxVersion"],
  ["DataLicense", "dataLicense"],
  ["SPDXID", "SPDXID"],
  ["DocumentName", "name"],
  ["DocumentNamespace", "documentNamespace"],
]);
const OF_PACKAGE: ReadonlyMap<string, string> = new Map([
  ["SPDXID", "SPDXID"],
  ["PackageVersion", "versionInfo"],
  ["PackageSupplier", "supplier"],
  ["PackageDownloadLocation", "downloadLocation"],
  ["PackageFileName", "packageFileName"],
  ["PrimaryPackagePurpose", "primaryPackagePurpose"],
  ["PackageSourceInfo", "sourceInfo"],
  ["PackageLicenseDeclared", "licenseDeclared"],
  ["PackageComment", "comment"],
  ["PackageDescription", "description"],
]);
/** Tags that end the section of a package. */
const SECTIONS = new Set(["SnippetSPDXID", "LicenseID"]);
const OF_FILE: ReadonlyMap<string, string> = new Map([["SPDXID", "SPDXID"]]);

/** Content of an SPDX tag-value document (https://spdx.github.io/spdx-spec/v2.3/) in the form of its JSON. */
export function spdxOfTags(text: string, what: string): { readonly value: object } | SbomProblem {
  const creators: string[] = [];
  const creation: Record<string, unknown> = { creators };
  const document: Record<string, unknown> = { creationInfo: creation };
  const packages: Record<string, unknown>[] = [];
  const files: Record<string, unknown>[] = [];
  const relationships: object[] = [];
  let current: Record<string, unknown> | undefined = document;
  for (const [tag, value] of tagsIn(text)) {
    if (tag === "PackageName") {
      if (packages.length >= LIMITS.sbomComponents) return tooMany(what);
      current = { name: value, externalRefs: [], attributionTexts: [], checksums: [] };
      packages.push(current);
    } else if (tag === "FileName" && files.length < LIMITS.sbomComponents) {
      current = { fileName: value, checksums: [] };
      files.push(current);
    } else if (SECTIONS.has(tag) || tag === "FileName") current = undefined;
    else if (tag === "Creator") creators.push(value);
    else if (tag === "Created") creation["created"] = value;
    else if (tag === "Relationship") relationships.push(relationshipOf(value));
    else if (current === document) set(document, OF_DOCUMENT.get(tag), value);
    else if (current !== undefined && "fileName" in current) addToFile(current, tag, value);
    else if (current !== undefined) addToPackage(current, tag, value);
  }
  return { value: { ...document, packages, files, relationships } };
}

function set(fields: Record<string, unknown>, name: string | undefined, value: string): void {
  if (name !== undefined) fields[name] = value;
}

function addToPackage(fields: Record<string, unknown>, tag: string, value: string): void {
  if (tag === "ExternalRef") {
    const [referenceCategory = "", referenceType = "", referenceLocator = ""] = wordsOf(value);
    append(fields, "externalRefs", { referenceCategory, referenceType, referenceLocator });
  } else if (tag === "PackageChecksum") {
    append(fields, "checksums", checksumOf(value));
  } else if (tag === "PackageAttributionText") append(fields, "attributionTexts", value);
  else set(fields, OF_PACKAGE.get(tag), value);
}

function addToFile(fields: Record<string, unknown>, tag: string, value: string): void {
  if (tag === "FileChecksum") append(fields, "checksums", checksumOf(value));
  else set(fields, OF_FILE.get(tag), value);
}

/** Checksum in `SHA256: 2cf2…`. */
function checksumOf(value: string): object {
  const [algorithm = "", checksumValue = ""] = wordsOf(value);
  return { algorithm: algorithm.replace(":", ""), checksumValue };
}

function append(fields: Record<string, unknown>, name: string, item: unknown): void {
  const list = fields[name];
  if (Array.isArray(list)) list.push(item);
}

function relationshipOf(value: string): object {
  const [spdxElementId = "", relationshipType = "", relatedSpdxElement = ""] = wordsOf(value);
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function wordsOf(value: string): readonly string[] {
  return value.split(/[ \t]/).filter((word) => word !== "");
}

/**
 * Pairs of tag and value from `Tag: value`; a value between `<text>` and `</text>` may have several lines.
 */
function* tagsIn(text: string): Generator<readonly [string, string]> {
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).trim();
    const isTag = colon > 0 && !line.startsWith("#");
    if (!isTag || !value.startsWith("<text>")) {
      if (isTag) yield [line.slice(0, colon).trim(), value];
      at = end + 1;
      continue;
    }
    const start = text.indexOf("<text>", at) + "<text>".length;
    const close = text.indexOf("</text>", start);
    const stop = close < 0 ? text.length : close;
    yield [line.slice(0, colon).trim(), text.slice(start, stop)];
    const next = text.indexOf("\n", stop);
    at = next < 0 ? text.length : next + 1;
  }
}

function tooMany(what: string): SbomProblem {
  return problem("too-large", {
    fr: `${what} : le document a plus de ${LIMITS.sbomComponents} paquets (limite sbomComponents).`,
    en: `${what}: the document has more than ${LIMITS.sbomComponents} packages (limit sbomComponents).`,
  });
}
