import { firstBytes } from "../../../contract/first-bytes.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { EntryPlace } from "../../../image/rootfs/node.ts";
import type { RootFile } from "../../../image/rootfs/root-fs.ts";
import { toolIn } from "../../../start/program-tools.ts";
import { isOwnSource } from "../analyzers/own-source.ts";
import type { KeptContent, LayerFacts } from "../facts.ts";
import type { Lacks } from "../known/missing.ts";
import { isShort } from "../known/missing-files.ts";

/** The beginning of a file as text, its secrets masked. */
export interface Content {
  readonly text: string;
  readonly isCut: boolean;
}

type File = Pick<RootFile, "path" | "source" | "type" | "size" | "mode" | "capability">;

/**
 * The contents that were kept of an image's files, and a note of those that were asked for in vain:
 * what a link leads to is known only when all layers are read.
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

  /** The first `bytes` of a regular file, whoever asked for more of it: what an image tells depends on it alone. */
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
   * The text of a script; undefined for a program that is none, though its content may have been kept.
   *
   * @param isRead a shell is told to read it, whatever it is
   */
  scriptOf(file: File, isRead = false): string | undefined {
    const { layer, entry } = file.source;
    const isOne = isRead || this.#areScripts[layer]?.has(entry) === true;
    return isOne ? this.of(file, LIMITS.scriptBytes)?.text : undefined;
  }

  /** The tool that changes the user which a program is by its content. */
  toolOf({ source }: Pick<File, "source">): string | undefined {
    return this.#tools[source.layer]?.get(source.entry);
  }

  /**
   * The tool that changes the user which a source in another language seems to call. What a language
   * loads is a source whatever its name and place: one that was not searched while its layer came is read.
   */
  callOf(file: File): string | undefined {
    const { layer, entry } = file.source;
    if (isOwnSource(file)) return this.#callers[layer]?.get(entry);
    const text = this.of(file, LIMITS.scriptBytes)?.text;
    return text === undefined ? undefined : toolIn(text);
  }

  /** What was asked for and was not kept: to be read in a second pass. */
  get missing(): ReadonlyMap<number, Lacks> {
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
