import { isPurl } from "../../contract/vulnerability-acceptance.ts";
import { type Fields, fieldsOf, listAt, objectAt, objectsAt, textAt, textsAt } from "../../json/fields.ts";
import type { VexProduct, VexStatement } from "./statement.ts";
import { vexStatus } from "./status.ts";

/** Statements of an OpenVEX document (https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md). */
export function openVexStatements(root: Fields, document: string): readonly VexStatement[] {
  const author = textAt(root, "author") ?? "";
  return objectsAt(root, "statements").flatMap((statement) => {
    const status = vexStatus(textAt(statement, "status"));
    if (status === undefined) return [];
    const timestamp = [statement, root].flatMap((one) => [
      textAt(one, "last_updated"),
      textAt(one, "timestamp"),
    ]);
    // The specification requires one of the two fields with the status "not_affected".
    const justification = textAt(statement, "justification") ?? textAt(statement, "impact_statement");
    return [
      {
        document,
        author,
        names: namesOf(statement),
        status,
        ...(justification === undefined ? {} : { justification }),
        ...timed(timestamp.find((one) => one !== undefined)),
        products: listAt(statement, "products").map(productOf),
      },
    ];
  });
}

function timed(timestamp: string | undefined): Pick<VexStatement, "timestamp"> {
  return timestamp === undefined ? {} : { timestamp };
}

/** Names of the vulnerability: a text in older documents, an object in newer documents. */
function namesOf(statement: Fields): readonly string[] {
  const stated = statement["vulnerability"];
  if (typeof stated === "string") return [stated];
  const vulnerability = fieldsOf(stated);
  return [...textsAt(vulnerability, "name"), ...textsAt(vulnerability, "aliases")];
}

function productOf(stated: unknown): VexProduct {
  if (typeof stated === "string") return { ...identified([stated], []), subcomponents: [] };
  const product = fieldsOf(stated);
  const ids = idsOf(product);
  const hashes = Object.values(objectAt(product, "hashes")).filter((one) => typeof one === "string");
  return { ...identified(ids, hashes), ...partsOf(product["subcomponents"]) };
}

/**
 * Parts of a product. Only an absent or empty list means the whole product: an entry with only a CPE, a hash
 * or a plain name is an unknown part.
 */
function partsOf(stated: unknown): Pick<VexProduct, "subcomponents" | "hasUnknownParts"> {
  const parts = Array.isArray(stated) ? stated : [stated].filter((one) => (one ?? undefined) !== undefined);
  const purls = parts.map((one) => (typeof one === "string" ? [one] : idsOf(fieldsOf(one))).filter(isPurl));
  return {
    subcomponents: [...new Set(purls.flat())],
    ...(purls.some((of) => of.length === 0) ? { hasUnknownParts: true } : {}),
  };
}

function idsOf(component: Fields): readonly string[] {
  return [...textsAt(component, "@id"), ...textsAt(objectAt(component, "identifiers"), "purl")];
}

function identified(ids: readonly string[], hashes: readonly string[]): Omit<VexProduct, "subcomponents"> {
  return {
    name: ids[0] ?? "",
    purls: [...new Set(ids)].filter((id) => id.startsWith("pkg:")),
    digests: [...ids, ...hashes.map((hash) => `sha256:${hash}`)].filter((id) =>
      /^sha256:[0-9a-f]{64}$/.test(id),
    ),
  };
}
