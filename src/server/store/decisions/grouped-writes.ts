import { UnavailableError } from "../../../contract/error.ts";

/** Maximum number of items that wait for the current write; additional items are rejected at once. */
const MOST_WAITING = 20_000;
/** Maximum number of items per write, and of their bytes. */
const MOST_ITEMS = 1_000;
const MOST_BYTES = 4_000_000;

/** Writer of items in groups. One write runs at a time; items that arrive meanwhile form the next group. */
export interface GroupedWrites<T> {
  /** Resolves when the item's group is written; rejects with the error of that write. */
  write(item: T, bytes: number): Promise<void>;
  /** Resolves when no write is running or waiting. */
  idle(): Promise<void>;
}

interface Waiting<T> {
  readonly item: T;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** @param writeAll writes a group durably and in order */
export function groupedWrites<T>(writeAll: (items: readonly T[]) => Promise<void>): GroupedWrites<T> {
  const waiting: Waiting<T>[] = [];
  let running: Promise<void> | undefined;
  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, groupLength(waiting));
      try {
        await writeAll(group.map(({ item }) => item));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    running = undefined;
  }
  return {
    write(item, bytes) {
      if (waiting.length >= MOST_WAITING) return Promise.reject(tooMany());
      return new Promise((resolve, reject) => {
        waiting.push({ item, bytes, resolve, reject });
        running ??= run();
      });
    },
    async idle() {
      await running;
    },
  };
}

/** Number of items, from the front, that fit in one write; at least one. */
function groupLength(waiting: readonly { readonly bytes: number }[]): number {
  let bytes = 0;
  for (const [index, item] of waiting.entries()) {
    bytes += item.bytes;
    if (index >= MOST_ITEMS || (index > 0 && bytes > MOST_BYTES)) return index;
  }
  return waiting.length;
}

function tooMany(): UnavailableError {
  return new UnavailableError("store-overloaded", {
    fr: `Plus de ${MOST_WAITING} décisions attendent d'être enregistrées : la base de données ne suit pas.`,
    en: `More than ${MOST_WAITING} decisions wait to be recorded: the database does not keep up.`,
  });
}
