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
  /** Receives the new data, and closes the previous data when they are no longer used. */
  use(data: VulnerabilityDatabase): Promise<void>;
}

/**
 * Polls the folder of the vulnerability data, and passes on new data. On a new day, unchanged data are passed
 * on as well, since ends of support depend on the day. If new data are unreadable, the previous data stay in
 * use.
 *
 * @returns function that stops polling
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
