import type { Advisory } from "../advisory.ts";
import type { VulnerabilityDatabase } from "../database/database.ts";

/** The records of packages, each package asked for once: a distribution makes many packages of one source. */
export class RecordsOf {
  readonly #data: Pick<VulnerabilityDatabase, "advisoriesOf">;
  readonly #known = new Map<string, readonly Advisory[]>();

  constructor(data: Pick<VulnerabilityDatabase, "advisoriesOf">) {
    this.#data = data;
  }

  of(ecosystem: string, name: string): readonly Advisory[] {
    const key = `${ecosystem}\0${name}`;
    const known = this.#known.get(key) ?? this.#data.advisoriesOf(ecosystem, name);
    this.#known.set(key, known);
    return known;
  }
}
