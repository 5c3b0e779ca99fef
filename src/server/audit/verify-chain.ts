import { canonicalJson } from "../../json/canonical-json.ts";
import { parseJson } from "../../json/parse-json.ts";
import { parseEntry, searchable } from "./entry.ts";
import { digestOf, GENESIS, hashOf } from "./hash-chain.ts";

/** An entry as it is stored. */
export interface StoredEntry {
  readonly sequence: number;
  readonly previous: string;
  readonly hash: string;
  readonly at: string;
  readonly namespace: string;
  readonly entry: string;
}

/**
 * Damage of a chain. `missing`: entries between two others are absent; `altered`: an entry, its place or its
 * hash was changed; `unlinked`: an entry does not follow the previous entry (one was inserted or exchanged);
 * `indexed`: the search columns do not match the entry; `cut`: entries at the end are absent although a
 * signed head covers them; `rewritten`: the chain is not that of the signed head.
 */
export interface Damage {
  readonly kind: "missing" | "altered" | "unlinked" | "indexed" | "cut" | "rewritten";
  /** Sequences of the first and the last damaged entry. */
  readonly from: number;
  readonly to: number;
}

/** Place and hash that a head states. */
export interface ChainPoint {
  readonly sequence: number;
  readonly hash: string;
}

/** Result of a verification; the chain is whole if there is no damage. */
export interface ChainState {
  /** First damages, at most twenty. */
  readonly damage: readonly Damage[];
  readonly damages: number;
  readonly entries: number;
  readonly last: ChainPoint;
}

/** Maximum number of damages listed. */
const LISTED = 20;

/**
 * Verifies a chain from its first entry on.
 *
 * @param entries entries in the order of their sequence
 * @param heads points that must be on the chain
 */
export async function verifyChain(
  entries: AsyncIterable<StoredEntry>,
  heads: readonly ChainPoint[] = [],
): Promise<ChainState> {
  const hashes = new Map(heads.map(({ sequence, hash }) => [sequence, hash]));
  const damage: Damage[] = [];
  let damages = 0;
  let count = 0;
  let last: ChainPoint = { sequence: 0, hash: GENESIS };
  for await (const entry of entries) {
    const found = [...damagesOf(entry, last), ...rewritingOf(entry, hashes.get(entry.sequence))];
    damages += found.length;
    if (damage.length < LISTED) damage.push(...found);
    last = { sequence: entry.sequence, hash: entry.hash };
    count++;
  }
  const end = Math.max(0, ...hashes.keys());
  if (end > last.sequence) damage.push({ kind: "cut", from: last.sequence + 1, to: end });
  return { damage, damages: damages + (end > last.sequence ? 1 : 0), entries: count, last };
}

function damagesOf(entry: StoredEntry, last: ChainPoint): readonly Damage[] {
  const { sequence } = entry;
  const here = { from: sequence, to: sequence };
  const next = last.sequence + 1;
  const gap: readonly Damage[] = sequence > next ? [{ kind: "missing", from: next, to: sequence - 1 }] : [];
  if (hashFrom(entry) !== entry.hash) return [...gap, { kind: "altered", ...here }];
  const follows = gap.length > 0 || (sequence === next && entry.previous === last.hash);
  if (!follows) return [{ kind: "unlinked", ...here }];
  return isIndexed(entry) ? gap : [...gap, { kind: "indexed", ...here }];
}

function rewritingOf(entry: StoredEntry, expected: string | undefined): readonly Damage[] {
  return expected === undefined || expected === hashFrom(entry)
    ? []
    : [{ kind: "rewritten", from: 1, to: entry.sequence }];
}

function hashFrom({ sequence, previous, entry }: StoredEntry): string {
  return hashOf({ sequence, previous, digest: digestOf(entry) });
}

/** Whether the columns for searches match the entry's content. */
function isIndexed({ at, namespace, entry }: StoredEntry): boolean {
  const value = jsonOf(entry);
  if (value === undefined || canonicalJson(value) !== entry) return false;
  const parsed = parseEntry(value);
  // The columns of an entry of a later version come from members that this version does not know.
  if (parsed === undefined) return true;
  return parsed.at === at && searchable(parsed.decision.namespace) === namespace;
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(Buffer.from(text), "entry");
  } catch {
    return undefined;
  }
}
