import { isInImage } from "../contract/finding.ts";
import type { JudgedFinding, Note, Subject } from "../contract/verdict.ts";

/** Maximum number of applications named per finding; the others are counted. */
const NAMED = 50;

/** A finding in an image, and the applications that use the image. */
export interface SharedFinding<T> {
  /** The item at its first occurrence. */
  readonly told: T;
  readonly subject: Subject;
  /** Further applications, up to the bound. */
  readonly others: readonly Subject[];
  /** Number of further occurrences. */
  readonly more: number;
}

interface Held<T> {
  readonly told: T;
  readonly subject: Subject;
  readonly others: Subject[];
  more: number;
  last: Subject;
}

/**
 * Findings in images, each once, however many workloads use the image, since a finding is corrected in one
 * place. Memory grows with images and their findings, not with workloads.
 */
export class SharedFindings<T> {
  readonly #held = new Map<string, Held<T>>();

  /**
   * @returns false if the item is in a user's file or in no known image, so that it must be shown separately
   */
  take(item: JudgedFinding | Note, subject: Subject, told: T): boolean {
    const image = imageOf(item, subject);
    if (image === undefined) return false;
    const key = JSON.stringify([image, item.fingerprint, item.message.en]);
    const held = this.#held.get(key);
    if (held === undefined) {
      this.#held.set(key, { told, subject, others: [], more: 0, last: subject });
      return true;
    }
    // A workload may use an image in two containers.
    if (held.last === subject) return true;
    held.last = subject;
    held.more += 1;
    if (held.others.length < NAMED) held.others.push(subject);
    return true;
  }

  *[Symbol.iterator](): Generator<SharedFinding<T>> {
    yield* this.#held.values();
  }
}

function imageOf({ at, container }: JudgedFinding | Note, { images }: Subject): string | undefined {
  if (at === undefined || !isInImage(at)) return undefined;
  const image = images.find((one) => one.container === container);
  return image?.digest ?? image?.imageId;
}
