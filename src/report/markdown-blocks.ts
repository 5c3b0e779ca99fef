import type { Lang, Text } from "../contract/text.ts";
import { labelled } from "./words.ts";

/** GitHub refuses a comment of more than 65,536 characters; the rest is left to what a bot adds. */
const LIMIT_BYTES = 60_000;
/** Kept for the sentence that says what was left out. */
const RESERVE_BYTES = 500;

/** Blocks of a comment: kept are those that it may hold, all are counted. */
export class Blocks {
  readonly #kept: string[] = [];
  #bytes = 0;
  #count = 0;

  add(block: string): void {
    this.#count += 1;
    if (this.#bytes > LIMIT_BYTES) return;
    this.#kept.push(block);
    this.#bytes += Buffer.byteLength(block);
  }

  get count(): number {
    return this.#count;
  }

  /** In their order; where there are fewer than were added, they do not fit a comment. */
  get kept(): readonly string[] {
    return this.#kept;
  }
}

/**
 * What stands `before`, then as many whole blocks of each list as fit; how many did not is said.
 *
 * @param noun what the blocks are, in the plural
 */
export function fitted(before: readonly string[], lists: readonly Blocks[], noun: Text, lang: Lang): string {
  const blocks = [...before, ...lists.flatMap(({ kept }) => kept)];
  const subjects = lists.reduce((sum, { count }) => sum + count, 0);
  let text = "";
  let bytes = 0;
  for (const [index, block] of blocks.entries()) {
    bytes += Buffer.byteLength(block);
    if (bytes > LIMIT_BYTES - RESERVE_BYTES) {
      const left = Math.min(before.length + subjects - index, subjects);
      return `${text}\n${truncated(labelled(noun[lang], String(left), lang), lang)}`;
    }
    text += block;
  }
  return text;
}

function truncated(left: string, lang: Lang): string {
  return {
    fr: `**Rapport tronqué** à ${LIMIT_BYTES / 1_000} ko ; ${left}. \`--format json\` et \`--format html\` donnent tout.`,
    en: `**Report truncated** at ${LIMIT_BYTES / 1_000} kB; ${left}. \`--format json\` and \`--format html\` give everything.`,
  }[lang];
}
