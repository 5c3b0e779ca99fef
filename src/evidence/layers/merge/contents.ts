import { firstBytes } from "../../../contract/first-bytes.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { EntryPlace } from "../../../image/rootfs/node.ts";
import type { RootFile } from "../../../image/rootfs/root-fs.ts";
import { toolIn } from "../../../start/program-tools.ts";
import { isOwnSource } from "../analyzers/own-source.ts";
import type { KeptContent, LayerFacts } from "../facts/facts.ts";
import type { MissingEntries } from "../known/missing.ts";
import { isShort } from "../known/missing-files.ts";

/** The beginning of a file as text, its secrets masked. */
export interface Content {
  readonly text: string;
  readonly isCut: boolean;
}

type File = Pick<RootFile, "path" | "source" | "type" | "size" | "mode" | "capability">;

/**
 * Kept contents of an image's files. Missing contents are requested, since targets of links are known only
 * when all layers are read.
 */
export class Contents {
  readonly #files: readonly ReadonlyMap<number, KeptContent>[];
  readonly #scripts: readonly ReadonlyMap<number, KeptContent>[];
  readonly #areScripts: readonly ReadonlySet<number>[];
  readonly #tools: readonly ReadonlyMap<number, string>[];
  readonly #callers: readonly ReadonlyMap<number, string>[];
  readonly #missed = new Map<number, Map<number, number>>();

  constructor(layers: readonly LayerFacts[]) {
    this.#files = layers.map(({ files }) => byEntry(files.contents));
    this.#scripts = layers.map(({ scripts }) => byEntry(scripts.contents));
    this.#areScripts = layers.map(({ scripts }) => new Set(scripts.found));
    this.#tools = layers.map(({ scripts }) => new Map(scripts.tools));
    this.#callers = layers.map(({ scripts }) => new Map(scripts.callers));
  }

  /**
   * First `bytes` of a regular file, even if more was kept for another request: evidence must depend on the
   * image alone. Undefined if these bytes were not kept.
   */
  of({ source, type, size }: File, bytes: number): Content | undefined {
    const wanted = Math.min(bytes, LIMITS.keptFileBytes);
    const { layer, entry } = source;
    const script = this.#scripts[layer]?.get(entry);
    const kept = isShort(script, wanted) ? (this.#files[layer]?.get(entry) ?? script) : script;
    if (isShort(kept, wanted) && type === "file" && size > 0) this.#miss(source, wanted);
    if (kept === undefined) return undefined;
    return size > wanted
      ? { text: firstBytes(kept.text, wanted), isCut: true }
      : { text: kept.text, isCut: kept.cutAt !== undefined };
  }

  /**
   * Text of a script; undefined for a binary program, even if its content was kept.
   *
   * @param isRead whether a shell reads the file: the file is then a script in any format
   */
  scriptOf(file: File, isRead = false): string | undefined {
    const { layer, entry } = file.source;
    const isOne = isRead || this.#areScripts[layer]?.has(entry) === true;
    return isOne ? this.of(file, LIMITS.scriptBytes)?.text : undefined;
  }

  /** Name of a user-changing tool (su, gosu) if the program is this tool by its content. */
  toolOf({ source }: Pick<File, "source">): string | undefined {
    return this.#tools[source.layer]?.get(source.entry);
  }

  /**
   * Name of the user-changing tool that a source in another language seems to call. A source that an
   * interpreter loads counts, whatever its name and folder; if the source was not searched yet, it is
   * requested.
   */
  callOf(file: File): string | undefined {
    const { layer, entry } = file.source;
    if (isOwnSource(file)) return this.#callers[layer]?.get(entry);
    const text = this.of(file, LIMITS.scriptBytes)?.text;
    return text === undefined ? undefined : toolIn(text);
  }

  /** Requested content that was not kept, to be read in a second pass. */
  get missing(): ReadonlyMap<number, MissingEntries> {
    return this.#missed;
  }

  #miss({ layer, entry }: EntryPlace, bytes: number): void {
    const missed = this.#missed.get(layer) ?? new Map<number, number>();
    missed.set(entry, Math.max(bytes, missed.get(entry) ?? 0));
    this.#missed.set(layer, missed);
  }
}

function byEntry(contents: readonly KeptContent[]): ReadonlyMap<number, KeptContent> {
  return new Map(contents.map((content) => [content.entry, content]));
}
