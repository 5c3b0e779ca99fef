import { Unreadable } from "./content/unreadable.ts";

/** A file with content in an Electron archive. */
export interface AsarMember {
  readonly name: string;
  /** Offset of the content from the end of the header. */
  readonly offset: number;
  /** Size in bytes, at least one. */
  readonly size: number;
}

/** A folder, or a file, as the header describes it. */
interface Folder {
  readonly name: string;
  readonly node: unknown;
}

/** Maximum number of levels of nested folders. */
const DEPTH = 200;

/**
 * Files of an index, by offset, each place once; without links and without files outside the archive.
 *
 * @param count called for each entry; it may throw
 * @throws Unreadable damaged
 */
export function asarMembers(json: Uint8Array, count: () => void): AsarMember[] {
  const byPlace = new Map<string, AsarMember>();
  let level: readonly Folder[] = [{ name: "", node: parsed(json) }];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH) throw new Unreadable("damaged", "depth");
    const entries = level.flatMap(entriesOf);
    for (const { name, node } of entries) {
      count();
      const member = memberOf(name, node);
      if (member !== undefined) byPlace.set(`${member.offset} ${member.size}`, member);
    }
    level = entries.filter(({ node }) => isObject(node) && "files" in node);
  }
  return [...byPlace.values()].sort((a, b) => a.offset - b.offset);
}

type Fields = Readonly<Record<string, unknown>>;

function memberOf(name: string, entry: unknown): AsarMember | undefined {
  if (!isObject(entry) || entry["offset"] === undefined) return undefined;
  const { offset: text, size } = entry;
  const offset = typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(offset) || typeof size !== "number" || !Number.isSafeInteger(size) || size < 0)
    throw new Unreadable("damaged", "place");
  return size === 0 ? undefined : { name, offset, size };
}

function entriesOf({ name, node }: Folder): readonly Folder[] {
  const files = isObject(node) ? node["files"] : undefined;
  if (!isObject(files)) throw new Unreadable("damaged", "files");
  return Object.entries(files).map(([key, entry]) => {
    return { name: name === "" ? key : `${name}/${key}`, node: entry };
  });
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(json).toString("utf8"));
  } catch (error) {
    throw new Unreadable("damaged", "header", { cause: error });
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
