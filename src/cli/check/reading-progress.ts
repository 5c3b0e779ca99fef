import type { ReadingImage } from "../../assess/run/request.ts";
import type { Lang } from "../../contract/text.ts";
import { sizeText } from "../cache/sizes.ts";

/** Duration below which a rate is meaningless. */
const SETTLED_MS = 2_000;

/**
 * Progress of reading in one line: images started and in total, bytes, rate, and the remaining time once all
 * sizes are known. With concurrent reads, no number ever decreases.
 */
export class ReadingProgress {
  readonly #lang: Lang;
  readonly #images = new Map<number, { readonly read: number; readonly total: number }>();
  #begun = 0;
  #sinceMs: number | undefined;

  constructor(lang: Lang) {
    this.#lang = lang;
  }

  /** @param nowMs milliseconds since 1970 */
  text({ image, number, of, bytes }: ReadingImage, nowMs: number): string {
    this.#sinceMs ??= nowMs;
    this.#begun = Math.max(this.#begun, number);
    const before = this.#images.get(number);
    const read = Math.max(before?.read ?? 0, bytes?.read ?? 0);
    this.#images.set(number, { read, total: Math.max(before?.total ?? 0, bytes?.total ?? 0, read) });
    const count = of === 1 ? [] : [`[${this.#begun}/${of}]`];
    return [...count, ...this.#amounts(of, nowMs - this.#sinceMs), image].join(" · ").replace("] · ", "] ");
  }

  #amounts(of: number, tookMs: number): readonly string[] {
    const all = [...this.#images.values()];
    const read = all.reduce((sum, one) => sum + one.read, 0);
    const total = all.reduce((sum, one) => sum + one.total, 0);
    if (total === 0) return [];
    // The size of images not begun is unknown.
    const isWhole = all.length === of;
    const done = isWhole
      ? `${sizeText(read, this.#lang)} / ${sizeText(total, this.#lang)}`
      : sizeText(read, this.#lang);
    if (tookMs < SETTLED_MS || read === 0) return [done];
    const perSecond = (read * 1_000) / tookMs;
    const left = isWhole && total > read ? [timeText((total - read) / perSecond)] : [];
    return [done, `${sizeText(Math.round(perSecond), this.#lang)}/s`, ...left];
  }
}

/** Remaining time: `~ 12 s`, `~ 3 min`. */
function timeText(seconds: number): string {
  return seconds < 90 ? `~ ${Math.ceil(seconds)} s` : `~ ${Math.ceil(seconds / 60)} min`;
}
