import type { Asked, AskedFiles } from "../analyzers/asked.ts";
import type { SomeFacts } from "../facts/facts.ts";
import { completeFiles, isShort } from "./missing-files.ts";
import type { RunSelectors } from "./run-selectors.ts";

/** Number of bytes that are needed of an entry, by the entry's index in the layer. */
export type MissingEntries = ReadonlyMap<number, number>;

/** Facts of a layer extended to a request, and the parts still to be read. */
export interface Completed {
  readonly known: SomeFacts;
  /** Request for the missing parts; absent if nothing is missing. */
  readonly asked?: Asked;
  /** Set if `known` contains more than the given facts and must be stored. */
  readonly isNew: boolean;
}

/** Missing facts of a layer: whole analyzers, further selectors, and content found to be needed. */
export function completed(
  given: SomeFacts,
  selectors: RunSelectors,
  lacks: MissingEntries = new Map(),
): Completed {
  const { files: _, secrets: __, ...others } = given;
  const secrets = secretsOf(given, selectors);
  const { files, also, isNew } = filesOf(given, selectors, lacks);
  const known = {
    ...others,
    ...(files === undefined ? {} : { files }),
    ...(secrets === undefined ? {} : { secrets }),
  };
  const { analyzers } = selectors;
  const missing = analyzers.filter((name) => name !== "files" && known[name] === undefined);
  const isFilesMissing = analyzers.includes("files") && (files === undefined || also.length > 0);
  if (missing.length === 0 && !isFilesMissing) return { known, isNew };
  const asked: Asked = {
    ...Object.fromEntries(missing.map((name) => [name, true])),
    ...(isFilesMissing ? { files: { selected: files === undefined, also } } : {}),
  };
  return { known, asked, isNew };
}

/** Secrets of the layer; undefined if its archives have to be read again for new selectors. */
function secretsOf({ secrets }: SomeFacts, { packedIds }: RunSelectors): SomeFacts["secrets"] {
  return packedIds.every((id) => secrets?.packed.asked.includes(id)) ? secrets : undefined;
}

interface Files extends Pick<SomeFacts, "files"> {
  readonly also: AskedFiles["also"];
  readonly isNew: boolean;
}

function filesOf({ files, entries }: SomeFacts, selectors: RunSelectors, lacks: MissingEntries): Files {
  const unknown: Files = { also: [...lacks], isNew: false };
  if (files === undefined) return unknown;
  const isCut = files.contents.some(({ full }) => full);
  const added = selectors.without(files.asked);
  if (isCut && (added !== undefined || files.asked.length !== selectors.ids.length)) return unknown;
  const kept = new Map(files.contents.map((content) => [content.entry, content]));
  const lacking = [...lacks].filter(([entry, bytes]) => isShort(kept.get(entry), bytes));
  if (added === undefined) return { files, also: lacking, isNew: false };
  const more = entries && completeFiles(files, entries, added);
  if (more === undefined) return unknown;
  const also = joinMissing(new Map(more.also), new Map(lacking));
  return { files: more.files, also: [...also], isNew: true };
}

/** Entries of both, each with the larger number of bytes. */
export function joinMissing(
  one: MissingEntries = new Map(),
  other: MissingEntries = new Map(),
): MissingEntries {
  const most = new Map(one);
  for (const [entry, bytes] of other) most.set(entry, Math.max(bytes, most.get(entry) ?? 0));
  return most;
}
