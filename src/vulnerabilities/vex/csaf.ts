import { isPurl } from "../../contract/vulnerability-acceptance.ts";
import type { VexStatus } from "../../contract/vulnerability-facts.ts";
import { type Fields, objectAt, objectsAt, textAt, textsAt } from "../../json/fields.ts";
import type { VexProduct, VexStatement } from "./statement.ts";

/** Depth of nested branches; a document has five or six levels. */
const DEPTH = 30;

/**
 * Statements of a CSAF 2.0 document (https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html,
 * 3.2.3.9).
 */
export function csafStatements(root: Fields, document: string): readonly VexStatement[] {
  const meta = objectAt(root, "document");
  const author = textAt(objectAt(meta, "publisher"), "name") ?? "";
  const timestamp = textAt(objectAt(meta, "tracking"), "current_release_date");
  const products = productsOf(objectAt(root, "product_tree"));
  return objectsAt(root, "vulnerabilities").flatMap((vulnerability) => {
    const names = [
      ...textsAt(vulnerability, "cve"),
      ...objectsAt(vulnerability, "ids").flatMap((one) => textsAt(one, "text")),
    ];
    const status = objectAt(vulnerability, "product_status");
    return STATUSES.flatMap(([field, means]) =>
      byJustification(textsAt(status, field), vulnerability).map(({ ids, justification }) => ({
        document,
        author,
        names,
        status: means,
        ...(justification === undefined ? {} : { justification }),
        ...(timestamp === undefined ? {} : { timestamp }),
        products: ids.map(
          (id) => products.get(id) ?? { name: id, purls: [], digests: [], subcomponents: [] },
        ),
      })),
    );
  });
}

const STATUSES: readonly (readonly [string, VexStatus])[] = [
  ["known_not_affected", "not_affected"],
  ["fixed", "fixed"],
  ["first_fixed", "fixed"],
  ["known_affected", "affected"],
  ["first_affected", "affected"],
  ["last_affected", "affected"],
  ["under_investigation", "under_investigation"],
];

interface Justified {
  readonly ids: readonly string[];
  readonly justification?: string;
}

/** Products by justification, from flags. */
function byJustification(ids: readonly string[], vulnerability: Fields): readonly Justified[] {
  const labels = new Map(
    objectsAt(vulnerability, "flags").flatMap((flag) =>
      textsAt(flag, "product_ids").map((id) => [id, textAt(flag, "label")] as const),
    ),
  );
  const groups = Map.groupBy(ids, (id) => labels.get(id));
  return [...groups].map(([justification, of]) => ({
    ids: of,
    ...(justification === undefined ? {} : { justification }),
  }));
}

/** Products by id: of branches, full names and relationships. */
function productsOf(tree: Fields): ReadonlyMap<string, VexProduct> {
  const found = new Map<string, VexProduct>();
  const add = (product: Fields): void => {
    const id = textAt(product, "product_id");
    if (id === undefined) return;
    const helper = objectAt(product, "product_identification_helper");
    const name = textAt(product, "name") ?? id;
    found.set(id, { name, purls: textsAt(helper, "purl"), digests: [], subcomponents: [] });
  };
  for (const product of objectsAt(tree, "full_product_names")) add(product);
  walk(objectsAt(tree, "branches"), add, DEPTH);
  for (const relationship of objectsAt(tree, "relationships")) {
    const product = objectAt(relationship, "full_product_name");
    const id = textAt(product, "product_id");
    const part = found.get(textAt(relationship, "product_reference") ?? "");
    const whole = found.get(textAt(relationship, "relates_to_product_reference") ?? "");
    if (id === undefined || part === undefined || whole === undefined) continue;
    found.set(id, { ...whole, name: textAt(product, "name") ?? id, ...asPart(part) });
  }
  return found;
}

/** A product as part of another; a part of its own is narrower than the product. */
function asPart({
  purls,
  subcomponents,
  hasUnknownParts,
}: VexProduct): Pick<VexProduct, "subcomponents" | "hasUnknownParts"> {
  const parts = subcomponents.length > 0 || hasUnknownParts === true ? subcomponents : purls.filter(isPurl);
  return { subcomponents: parts, ...(parts.length === 0 ? { hasUnknownParts: true } : {}) };
}

function walk(branches: readonly Fields[], add: (product: Fields) => void, depth: number): void {
  if (depth === 0) return;
  for (const branch of branches) {
    add(objectAt(branch, "product"));
    walk(objectsAt(branch, "branches"), add, depth - 1);
  }
}
