import type { Digest } from "../contract/image-facts.ts";
import type { VerdictDocument } from "../verdicts/report-schema.ts";
import { BoundedMap } from "./bounded-map.ts";
import type { StoredVerdict, VerdictKey } from "./ports.ts";

type RowDocument = VerdictDocument["rows"][number];

/** Maximum number of shared rows, and of characters of each: longer ones are about one image. */
const SHARED = 5_000;
const SHARED_CHARACTERS = 1_000;

/** Rows by their JSON: most rows of admitted pods are equal. */
const ROWS = new BoundedMap<RowDocument>(SHARED);

/** Digests of the documents that keys name: the same few in all keys. */
const DOCUMENTS = new BoundedMap<Digest>(100);

/** Verdicts that heldVerdict() made. */
const HELD = new WeakSet<StoredVerdict>();

/**
 * A verdict as it is held in memory, tens of thousands of times: with all that decides about a pod and words the
 * decision, and without proofs, remarks that are no acceptances, and the origins of the evidence, which are nine tenths.
 * The store has the whole verdict.
 */
export function heldVerdict(stored: StoredVerdict): StoredVerdict {
  if (HELD.has(stored)) return stored;
  const { admitted, subject, rows } = stored.verdict;
  const held: StoredVerdict = {
    key: heldKey(stored.key),
    judgedAt: stored.judgedAt,
    images: stored.images,
    verdict: { subject: { name: subject.name, images: [] }, admitted, evidence: [], rows: rows.map(heldRow) },
  };
  HELD.add(held);
  return held;
}

function heldKey({ subject, policy, rules, data }: VerdictKey): VerdictKey {
  const documents = { policy: shared(policy), rules: shared(rules) };
  return { subject, ...documents, ...(data === undefined ? {} : { data: shared(data) }) };
}

function shared(digest: Digest): Digest {
  const known = DOCUMENTS.get(digest) ?? digest;
  DOCUMENTS.set(digest, known);
  return known;
}

function heldRow({ notes, ...row }: RowDocument): RowDocument {
  const accepted = notes.filter((note) => note.accepted !== undefined);
  const held = { ...row, proofs: [], notes: accepted };
  const text = JSON.stringify(held);
  if (text.length > SHARED_CHARACTERS) return held;
  const known = ROWS.get(text) ?? held;
  ROWS.set(text, known);
  return known;
}
