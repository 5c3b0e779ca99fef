import { coversPurl } from "../../contract/vulnerability-acceptance.ts";
import type {
  AppliedVex,
  VulnerabilityFacts,
  VulnerabilityFinding,
} from "../../contract/vulnerability-facts.ts";
import type { VexProduct, VexStatement } from "./statement.ts";
import { isSubject, type VexSubject } from "./vex-subject.ts";

/** Effect of one statement: the number of its findings, or the reason why it has none. */
export interface VexUse {
  readonly statement: VexStatement;
  readonly applied: number;
  readonly why?:
    | "no-such-vulnerability"
    | "no-such-product"
    | "no-such-part"
    | "no-products"
    | "unknown-products";
  /** Number of findings for which a later statement differs. */
  readonly superseded: number;
}

export interface WithVex {
  readonly facts: VulnerabilityFacts;
  readonly uses: readonly VexUse[];
}

/** Findings with these statements added to their own, newest first; and the effect of each statement. */
export function applyVex(
  facts: VulnerabilityFacts,
  statements: readonly VexStatement[],
  subject: VexSubject,
): WithVex {
  const uses = new Map(statements.map((statement) => [statement, { applied: 0, superseded: 0 }]));
  const findings = facts.findings.map((finding) => {
    const about = statements
      .filter((statement) => isNamed(statement, finding) && isMeant(statement, finding, subject))
      .toSorted((a, b) => timeOf(b) - timeOf(a));
    for (const [place, statement] of about.entries()) {
      const use = uses.get(statement);
      if (use === undefined) continue;
      use.applied += 1;
      if (place > 0 && about[0]?.status !== statement.status) use.superseded += 1;
    }
    if (about.length === 0) return finding;
    const { vex = [] } = finding;
    return { ...finding, vex: [...vex, ...about.map(applied)].toSorted((a, b) => timeOf(b) - timeOf(a)) };
  });
  return {
    facts: { ...facts, findings },
    uses: statements.map((statement) => {
      const { applied = 0, superseded = 0 } = uses.get(statement) ?? {};
      const why = applied > 0 ? undefined : whyNot(statement, facts.findings, subject);
      return { statement, applied, superseded, ...(why === undefined ? {} : { why }) };
    }),
  };
}

function applied({ status, author, document, justification, timestamp, signer }: VexStatement): AppliedVex {
  return {
    status,
    author,
    document,
    ...(justification === undefined ? {} : { justification }),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(signer === undefined ? {} : { signer }),
  };
}

/** Time of a statement; a statement without a time counts as oldest. */
function timeOf({ timestamp = "" }: Pick<VexStatement, "timestamp">): number {
  const time = Date.parse(timestamp);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

function isNamed({ names }: VexStatement, { id, aliases }: VulnerabilityFinding): boolean {
  const known = new Set([id, ...aliases].map((name) => name.toUpperCase()));
  return names.some((name) => known.has(name.toUpperCase()));
}

function isMeant(
  { products, status }: VexStatement,
  finding: VulnerabilityFinding,
  subject: VexSubject,
): boolean {
  // An unknown part may be any part: a statement about it lifts nothing, but may affect everything.
  const isLifting = status === "not_affected" || status === "fixed";
  return products.some(
    (product) =>
      isWhole(product, finding, subject) &&
      (isPart(product, finding) || (!isLifting && product.hasUnknownParts === true)),
  );
}

/**
 * Whether the product matches. Without subcomponents: the product is the image, or the finding's package.
 * With subcomponents: the product is the image, or any package of the image.
 */
function isWhole(product: VexProduct, { component }: VulnerabilityFinding, subject: VexSubject): boolean {
  if (isSubject(product, subject)) return true;
  const inImage = isOfParts(product) ? subject.purls : [component.purl];
  return product.purls.some((purl) => inImage.some((one) => coversPurl(purl, one)));
}

function isPart(product: VexProduct, { component }: VulnerabilityFinding): boolean {
  return !isOfParts(product) || product.subcomponents.some((purl) => coversPurl(purl, component.purl));
}

/** Whether the statement is about parts of the product, not about all its content. */
function isOfParts({ subcomponents, hasUnknownParts }: VexProduct): boolean {
  return subcomponents.length > 0 || hasUnknownParts === true;
}

function whyNot(
  statement: VexStatement,
  findings: readonly VulnerabilityFinding[],
  subject: VexSubject,
): NonNullable<VexUse["why"]> {
  const { products } = statement;
  if (products.length === 0) return "no-products";
  if (products.every(({ purls, digests }) => purls.length + digests.length === 0)) return "unknown-products";
  const named = findings.filter((finding) => isNamed(statement, finding));
  if (named.length === 0) return "no-such-vulnerability";
  const isAny = products.some((product) => named.some((finding) => isWhole(product, finding, subject)));
  return isAny ? "no-such-part" : "no-such-product";
}
