import { firstBytes } from "../../../contract/first-bytes.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { EntryPlace } from "../../../image/rootfs/node.ts";
import type { RootFile } from "../../../image/rootfs/root-fs.ts";
import { isScript } from "../analyzers/wanted-content.ts";
import type { KeptContent, LayerFacts } from "../facts.ts";
import type { AlsoKept } from "../read/known-layers.ts";

/** The beginning of a file as text, its secrets masked. */
export interface Content {
  readonly text: string;
  readonly isCut: boolean;
}

type File = Pick<RootFile, "source" | "type" | "size" | "mode">;

/**
 * The contents that were kept of an image's files, and a note of those that were asked for in vain:
 * what a link leads to is known only when all layers are read.
 */
export class Contents {
  readonly #kept: readonly ReadonlyMap<number, KeptContent>[];
  readonly #scripts: readonly ReadonlySet<number>[];
  readonly #missed = new Map<number, Map<number, number>>();

  constructor(layers: readonly LayerFacts[]) {
    this.#kept = layers.map(({ contents }) => new Map(contents.map((content) => [content.entry, content])));
    this.#scripts = layers.map(({ scripts }) => new Set(scripts));
  }

  /** The first `bytes` of a regular file, whoever asked for more of it: what an image tells depends on it alone. */
  of({ source, type, size }: File, bytes: number): Content | undefined {
    const kept = this.#keptAt(source);
    const wanted = Math.min(bytes, LIMITS.keptFileBytes);
    const isShort = kept === undefined || (kept.cutAt !== undefined && kept.cutAt < wanted);
    if (isShort && type === "file" && size > 0) this.#miss(source, wanted);
    if (kept === undefined) return undefined;
    return size > wanted
      ? { text: firstBytes(kept.text, wanted), isCut: true }
      : { text: kept.text, isCut: kept.cutAt !== undefined };
  }

  /** The text of a script; undefined for a program that is none, though its content may have been kept. */
  scriptOf(file: File): string | undefined {
    const { source, mode } = file;
    const kept = this.#keptAt(source)?.text;
    const isOne =
      kept === undefined
        ? this.#scripts[source.layer]?.has(source.entry) === true
        : isScript(mode, kept.charCodeAt(0), kept.charCodeAt(1));
    return isOne ? this.of(file, LIMITS.scriptBytes)?.text : undefined;
  }

  /** What was asked for and was not kept: to be read in a second pass. */
  get missing(): AlsoKept {
    return this.#missed;
  }

  #keptAt({ layer, entry }: EntryPlace): KeptContent | undefined {
    return this.#kept[layer]?.get(entry);
  }

  #miss({ layer, entry }: EntryPlace, bytes: number): void {
    const missed = this.#missed.get(layer) ?? new Map<number, number>();
    missed.set(entry, Math.max(bytes, missed.get(entry) ?? 0));
    this.#missed.set(layer, missed);
  }
}
