import type { OsFacts } from "../../contract/package-facts.ts";
import type { EndOfLifeFacts, ReleaseCycle } from "../../contract/vulnerability-facts.ts";
import type { VulnerabilityDatabase } from "../database/database.ts";
import { releaseOf } from "./distribution-release.ts";
import { runtimeCycle } from "./runtime-names.ts";

/** What data say of whether releases are still looked after. */
export class Support {
  readonly #data: Pick<VulnerabilityDatabase, "endOfLife">;
  readonly #today: string;
  /** By who has it: a distribution's release, a runtime's purl. */
  readonly #ended = new Map<string, EndOfLifeFacts | undefined>();
  /** By product and cycle. */
  readonly #unknown = new Map<string, ReleaseCycle>();

  /** @param today `YYYY-MM-DD` */
  constructor(data: Pick<VulnerabilityDatabase, "endOfLife">, today: string) {
    this.#data = data;
    this.#today = today;
  }

  /** Those whose last day is over, by the data. */
  get ended(): readonly EndOfLifeFacts[] {
    return [...this.#ended.values()].filter((end) => end !== undefined);
  }

  /** Those that the data do not speak of. */
  get unknown(): readonly ReleaseCycle[] {
    return [...this.#unknown.values()];
  }

  distribution(os: OsFacts): void {
    const key = `${os.id} ${os.version ?? ""}`;
    if (this.#ended.has(key)) return;
    const cycle = releaseOf(os)?.cycle;
    this.#ended.set(key, cycle && this.#endOf(cycle));
  }

  /** By the name that catalogers give it. */
  runtime({
    name,
    version,
    purl,
  }: {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
  }): void {
    const cycle = runtimeCycle(name, version);
    const found = cycle && this.#endOf(cycle);
    this.#ended.set(purl, found && { ...found, purl });
  }

  #endOf({ product, cycle }: ReleaseCycle): EndOfLifeFacts | undefined {
    const end = this.#data.endOfLife(product, cycle);
    if (end === undefined) {
      this.#unknown.set(`${product} ${cycle}`, { product, cycle });
      return undefined;
    }
    const { on, isOver, source } = end;
    const today = this.#today;
    const isEnded = on === undefined ? isOver : on.slice(0, today.length) < today;
    return isEnded ? { product, cycle, ...(on === undefined ? {} : { on }), source } : undefined;
  }
}
