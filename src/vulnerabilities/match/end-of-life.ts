import type { OsFacts } from "../../contract/package-facts.ts";
import type { EndOfLifeFacts, ExtendedSupport, ReleaseCycle } from "../../contract/vulnerability-facts.ts";
import type { VulnerabilityDatabase } from "../database.ts";
import { releaseOf } from "./distribution-release.ts";
import { runtimeCycle } from "./runtime-names.ts";

/** Products with free extended support: public archives and advisories continue. */
const PUBLIC_EXTENSIONS: ReadonlySet<string> = new Set(["debian"]);

/** Support of releases, according to the data. */
export class Support {
  readonly #data: Pick<VulnerabilityDatabase, "endOfLife">;
  readonly #today: string;
  /** Results by a distribution's release or a runtime's purl. */
  readonly #ended = new Map<string, EndOfLifeFacts | undefined>();
  /** Unknown releases by product and cycle. */
  readonly #unknown = new Map<string, ReleaseCycle>();

  readonly #extended = new Map<string, ExtendedSupport>();

  /** @param today `YYYY-MM-DD` */
  constructor(data: Pick<VulnerabilityDatabase, "endOfLife">, today: string) {
    this.#data = data;
    this.#today = today;
  }

  /** Releases without support. */
  get ended(): readonly EndOfLifeFacts[] {
    return [...this.#ended.values()].filter((end) => end !== undefined);
  }

  /** Releases with extended support only. */
  get extended(): readonly ExtendedSupport[] {
    return [...this.#extended.values()];
  }

  /** Releases that the data do not contain. */
  get unknown(): readonly ReleaseCycle[] {
    return [...this.#unknown.values()];
  }

  distribution(os: OsFacts): void {
    const key = `${os.id} ${os.version ?? ""}`;
    if (this.#ended.has(key)) return;
    const cycle = releaseOf(os)?.cycle;
    this.#ended.set(key, cycle && this.#endOf(cycle));
  }

  /** Records the support of a runtime, by its cataloger's name. */
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
    const { on, isOver, source, extendedTo } = end;
    const today = this.#today;
    const isEnded = on === undefined ? isOver : on.slice(0, today.length) < today;
    if (!isEnded) return undefined;
    const last = PUBLIC_EXTENSIONS.has(product) ? (extendedTo ?? on) : on;
    if (last !== undefined && last.slice(0, today.length) >= today) {
      this.#extended.set(`${product} ${cycle}`, { product, cycle, until: last, source });
      return undefined;
    }
    return { product, cycle, ...(last === undefined ? {} : { on: last }), source };
  }
}
