import { LIMITS } from "../../contract/limits.ts";
import type { EntryPlace } from "../../image/rootfs/node.ts";
import type { RootFile } from "../../image/rootfs/root-fs.ts";
import type { KeptContent, LayerFacts } from "./facts.ts";
import type { AlsoKept } from "./known-layers.ts";

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

  /** The content of a regular file, of which `bytes` are wanted. */
  of({ source, type, size }: Pick<RootFile, "source" | "type" | "size">, bytes: number) {
    const kept = this.#keptAt(source);
    if (kept === undefined && type === "file" && size > 0) this.#miss(source, bytes);
    return kept;
  }

  /** The text of a script; undefined for a program that is none. */
  scriptOf({ source, type }: Pick<RootFile, "source" | "type">): string | undefined {
    const kept = this.#keptAt(source);
    const isScript = this.#scripts[source.layer]?.has(source.entry) === true;
    if (kept === undefined && isScript && type === "file") this.#miss(source, LIMITS.scriptBytes);
    return kept?.text;
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
