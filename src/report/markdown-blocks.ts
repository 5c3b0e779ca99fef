import type { Lang, Text } from "../contract/text.ts";
import { labelled } from "./words.ts";

/**
 * Size of a comment. GitHub refuses more than 65,536 characters; the difference is left for a bot's
 * additions.
 */
const LIMIT_BYTES = 60_000;
/** Bytes reserved for the sentence that counts omitted blocks. */
const RESERVE_BYTES = 500;

/** Blocks of a comment: as many as fit are kept, all are counted. */
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

  /** Kept blocks in order; fewer than added if the comment is full. */
  get kept(): readonly string[] {
    return this.#kept;
  }
}

/**
 * The text `before`, then as many whole blocks of each list as fit, then a sentence with the number of
 * omitted blocks.
 *
 * @param noun plural noun for the blocks
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
