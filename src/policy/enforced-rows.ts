import { binds, type EnforcedRows } from "../contract/admission.ts";
import { ATTESTED_ROWS } from "../contract/attestation-policy.ts";
import type { RowId } from "../contract/rows.ts";
import { FUTURE_ROWS } from "./future-rows.ts";
import type { NamespaceRows } from "./namespace-rows.ts";
import type { Policy } from "./policy.ts";

/**
 * Future rows that decide on admission under a policy: all, or the rows that its section on attestations
 * enforces on this day.
 *
 * @param today `YYYY-MM-DD` (UTC)
 */
export function enforcedRows(
  { enforceFuture = false, attestations }: Pick<Policy, "enforceFuture" | "attestations">,
  today: string,
): EnforcedRows {
  if (enforceFuture || attestations === undefined) return enforceFuture;
  const { rows = {} } = attestations;
  return ATTESTED_ROWS.filter((id) => {
    const { mode, from = today } = rows[id] ?? { mode: "enforce" };
    return mode === "enforce" && from <= today;
  });
}

/** Labels of a namespace by key. */
export type NamespaceLabels = Readonly<Record<string, string>>;

/** A namespace as admission sees it. */
export interface NamespaceFacts {
  readonly name: string;
  /** Labels of the namespace; undefined if they are unknown, or if others than the platform can change them. */
  readonly labels: NamespaceLabels | undefined;
}

/** Future rows of a namespace: those that decide on admission, and those that warn, with the entry's reason. */
export interface RowsOfNamespace {
  readonly enforced: EnforcedRows;
  readonly warned: ReadonlyMap<RowId, string>;
}

/**
 * Future rows of a namespace. If the labels of the namespace are unknown, an entry by labels applies if it enforces,
 * and does not apply if it warns: hiding labels gains nothing.
 *
 * @param today `YYYY-MM-DD` (UTC)
 */
export function rowsOfNamespace(
  policy: Pick<Policy, "enforceFuture" | "attestations" | "admission">,
  today: string,
  namespace: NamespaceFacts,
): RowsOfNamespace {
  const base = enforcedRows(policy, today);
  const entries = (policy.admission?.futureRows ?? []).filter((one) => holds(one, namespace));
  if (entries.length === 0) return { enforced: base, warned: new Map() };
  const of = (mode: NamespaceRows["mode"], id: RowId) =>
    entries.find((one) => one.mode === mode && (one.rows ?? FUTURE_ROWS).some((row) => row === id));
  const enforced = FUTURE_ROWS.filter(
    (id) => of("enforce", id) !== undefined || (isEnforced(id, base) && of("warn", id) === undefined),
  );
  const warned = FUTURE_ROWS.flatMap((id) => {
    const entry = enforced.includes(id) ? undefined : of("warn", id);
    return entry === undefined ? [] : [[id, entry.reason] as const];
  });
  return { enforced, warned: new Map(warned) };
}

function isEnforced(id: RowId, base: EnforcedRows): boolean {
  return binds({ id, category: "future" }, base);
}

function holds(
  { mode, namespaces, labels = {} }: NamespaceRows,
  { name, labels: own }: NamespaceFacts,
): boolean {
  if (namespaces !== undefined) return namespaces.includes(name);
  if (own === undefined) return mode === "enforce";
  return Object.entries(labels).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value);
}
