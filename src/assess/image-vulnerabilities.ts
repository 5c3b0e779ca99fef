import type { ImageFacts } from "../contract/image-facts.ts";
import type { SbomFacts } from "../contract/sbom-facts.ts";
import type { VulnerabilityFacts } from "../contract/vulnerability-facts.ts";
import type { VulnerabilityDatabase } from "../vulnerabilities/database/database.ts";
import { matchComponents } from "../vulnerabilities/match/match-components.ts";
import { componentsOfImage } from "../vulnerabilities/match/matched-component.ts";

/** Compares what evidence says that images hold with the data at hand: each image once, by whomever it is named. */
export class ImageVulnerabilities {
  readonly #data: VulnerabilityDatabase;
  readonly #today: string;
  readonly #known = new WeakMap<SbomFacts, VulnerabilityFacts>();

  /** @param today the day of judging, `YYYY-MM-DD` */
  constructor(data: VulnerabilityDatabase, today: string) {
    this.#data = data;
    this.#today = today;
  }

  /** @param image of which only a base that counts is known */
  of(sbom: SbomFacts, { base }: Pick<ImageFacts, "base">): VulnerabilityFacts {
    const known = this.#known.get(sbom);
    if (known !== undefined) return known;
    const components = componentsOfImage(sbom.packages, base?.layers);
    const found = matchComponents(components, this.#data, this.#today);
    this.#known.set(sbom, found);
    return found;
  }
}
