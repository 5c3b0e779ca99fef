import type { VexStatus } from "../../contract/vulnerability-facts.ts";
import { type Fields, fieldsOf, listAt, objectAt, objectsAt, textAt, textsAt } from "../../json/fields.ts";
import type { VexProduct, VexStatement } from "./statement.ts";

/**
 * Statements in `analysis` of a CycloneDX document
 * (https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis).
 */
export function cycloneDxStatements(root: Fields, document: string): readonly VexStatement[] {
  const metadata = objectAt(root, "metadata");
  const author = authorOf(metadata);
  const purls = purlsByRef([objectAt(metadata, "component"), ...objectsAt(root, "components")]);
  return objectsAt(root, "vulnerabilities").flatMap((vulnerability) => {
    const analysis = objectAt(vulnerability, "analysis");
    const status = STATES.get(textAt(analysis, "state") ?? "");
    if (status === undefined) return [];
    const justification = textAt(analysis, "justification");
    const timestamp =
      textAt(analysis, "lastUpdated") ?? textAt(vulnerability, "updated") ?? textAt(metadata, "timestamp");
    const names = [
      ...textsAt(vulnerability, "id"),
      ...objectsAt(vulnerability, "references").flatMap((one) => textsAt(one, "id")),
    ];
    return [
      {
        document,
        author,
        names,
        status,
        ...(justification === undefined ? {} : { justification }),
        ...(timestamp === undefined ? {} : { timestamp }),
        products: objectsAt(vulnerability, "affects").map((affect) =>
          productOf(textAt(affect, "ref") ?? "", purls, listAt(affect, "versions")),
        ),
      },
    ];
  });
}

const STATES: ReadonlyMap<string, VexStatus> = new Map([
  ["not_affected", "not_affected"],
  ["false_positive", "not_affected"],
  ["exploitable", "affected"],
  ["resolved", "fixed"],
  ["resolved_with_pedigree", "fixed"],
  ["in_triage", "under_investigation"],
]);

function authorOf(metadata: Fields): string {
  const named = [
    ...objectsAt(metadata, "authors"),
    objectAt(metadata, "manufacturer"),
    objectAt(metadata, "manufacture"),
    objectAt(metadata, "supplier"),
  ];
  return named.flatMap((one) => textsAt(one, "name"))[0] ?? "";
}

function purlsByRef(components: readonly Fields[]): ReadonlyMap<string, string> {
  return new Map(
    components.flatMap((component) => {
      const [ref, purl] = [textAt(component, "bom-ref"), textAt(component, "purl")];
      return ref === undefined || purl === undefined ? [] : [[ref, purl] as const];
    }),
  );
}

/**
 * Product of a reference: a component of this document, a purl, or `urn:cdx:SERIAL/VERSION#REF` of another
 * document, whose references are mostly purls.
 */
function productOf(
  ref: string,
  purls: ReadonlyMap<string, string>,
  versions: readonly unknown[],
): VexProduct {
  const own = ref.startsWith("urn:cdx:") ? decoded(ref.slice(ref.indexOf("#") + 1)) : ref;
  const purl = purls.get(own) ?? own;
  const products = purl.startsWith("pkg:") ? ofVersions(purl, versions) : [];
  return { name: ref, purls: products, digests: [], subcomponents: [] };
}

/** Package URL with each of the versions that a reference is limited to; a range of versions is not compared. */
function ofVersions(purl: string, versions: readonly unknown[]): readonly string[] {
  if (versions.length === 0 || purl.lastIndexOf("@") > purl.lastIndexOf("/")) return [purl];
  const [name = "", ...rest] = purl.split(/(?=[?#])/);
  return versions
    .flatMap((one) => textsAt(fieldsOf(one), "version"))
    .map((version) => `${name}@${encodeURIComponent(version.toWellFormed())}${rest.join("")}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
