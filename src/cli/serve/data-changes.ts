import { statSync } from "node:fs";
import { join } from "node:path";
import { errorFields, type Log } from "../../server/log.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";

/** Milliseconds between two looks at the folder. */
const LOOK_MS = 10_000;

/** Vulnerability data that are read again when they change. */
interface DataSource {
  /** Absolute folder of the data. */
  readonly directory: string;
  /** Data as they are now; undefined if there are none, or they are damaged. */
  open(): Promise<VulnerabilityDatabase | undefined>;
  /** Takes data that are others than before; the data before are closed by the receiver. */
  use(data: VulnerabilityDatabase): Promise<void>;
}

/**
 * Looks at the folder of the vulnerability data from time to time, and hands on new ones; also the same ones on a new
 * day, since which products are out of support depends on it. Data that cannot be read leave those of before.
 *
 * @returns a function that ends this
 */
export function watchData(source: DataSource, now: () => number, log: Log, lookMs = LOOK_MS): () => void {
  const { directory } = source;
  let seen = stateOf(directory, now());
  let isLooking = false;
  async function look(): Promise<void> {
    const state = stateOf(directory, now());
    if (isLooking || state === seen) return;
    isLooking = true;
    try {
      const data = await source.open();
      seen = state;
      if (data === undefined) log("warn", "vulnerability data not read again, those of before are used");
      else await source.use(data);
    } catch (error) {
      seen = state;
      log("error", "vulnerability data not read again, those of before are used", errorFields(error));
    } finally {
      isLooking = false;
    }
  }
  const timer = setInterval(() => void look(), lookMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Day, and state of the catalogue, which an import replaces as a whole. */
function stateOf(directory: string, now: number): string {
  const day = new Date(now).toISOString().slice(0, 10);
  try {
    const { ino, size, mtimeMs } = statSync(join(directory, "catalog.json"));
    return `${day} ${ino} ${size} ${mtimeMs}`;
  } catch {
    return `${day} none`;
  }
}
