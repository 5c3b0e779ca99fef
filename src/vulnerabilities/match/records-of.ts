import type { Advisory } from "../advisory.ts";
import type { VulnerabilityDatabase } from "../database.ts";

/**
 * Records by package, each package queried once, since a distribution builds many packages from one source.
 */
export class RecordsOf {
  readonly #data: Pick<VulnerabilityDatabase, "advisoriesOf">;
  readonly #known = new Map<string, Map<string, readonly Advisory[]>>();

  constructor(data: Pick<VulnerabilityDatabase, "advisoriesOf">) {
    this.#data = data;
  }

  of(ecosystem: string, name: string): readonly Advisory[] {
    let names = this.#known.get(ecosystem);
    if (names === undefined) this.#known.set(ecosystem, (names = new Map()));
    const known = names.get(name);
    if (known !== undefined) return known;
    const found = this.#data.advisoriesOf(ecosystem, name);
    names.set(name, found);
    return found;
  }
}
