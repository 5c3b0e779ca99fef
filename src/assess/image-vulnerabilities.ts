import type { ImageFacts } from "../contract/image-facts.ts";
import type { SbomFacts } from "../contract/sbom-facts.ts";
import { type AcceptedVulnerability, isAbout } from "../contract/vulnerability-acceptance.ts";
import type { VulnerabilityFacts } from "../contract/vulnerability-facts.ts";
import { recordedData } from "../vulnerabilities/database/recorded-answers.ts";
import type { VulnerabilityDatabase } from "../vulnerabilities/database.ts";
import { withDocumentOnly } from "../vulnerabilities/match/document-only.ts";
import { matchComponents } from "../vulnerabilities/match/match-components.ts";
import { componentsOfImage } from "../vulnerabilities/match/matched-component.ts";
import type { OnCompared } from "./run/evidence-port.ts";

/**
 * Compares packages in evidence with vulnerability data: each image once, even if several subjects use it.
 */
export class ImageVulnerabilities {
  readonly #data: VulnerabilityDatabase;
  readonly #today: string;
  readonly #known = new WeakMap<SbomFacts, VulnerabilityFacts>();

  readonly #idle: Set<AcceptedVulnerability>;
  readonly #onCompared: OnCompared | undefined;

  /**
   * @param today day of judging, `YYYY-MM-DD`
   * @param accepted acceptances of the platform's policy
   * @param onCompared called once for each image, with the queries of the data and their answers
   */
  constructor(
    data: VulnerabilityDatabase,
    today: string,
    accepted: readonly AcceptedVulnerability[] = [],
    onCompared?: OnCompared,
  ) {
    this.#onCompared = onCompared;
    this.#data = data;
    this.#today = today;
    this.#idle = new Set(accepted);
  }

  /** Acceptances that no image has needed so far. */
  get idle(): readonly AcceptedVulnerability[] {
    return [...this.#idle];
  }

  /** @param image image, of which only the verified base is used */
  of(
    sbom: SbomFacts,
    { base, digest, imageId }: Pick<ImageFacts, "base" | "digest" | "imageId">,
  ): VulnerabilityFacts {
    const known = this.#known.get(sbom);
    if (known !== undefined) return known;
    const components = componentsOfImage(sbom.packages, base?.layers);
    const recorded = this.#onCompared === undefined ? undefined : recordedData(this.#data);
    const data = recorded?.data ?? this.#data;
    const seen = matchComponents(components, data, this.#today);
    const unseen = sbom.coverage?.unseenPackages ?? [];
    const found = withDocumentOnly(seen, unseen, data, this.#today);
    if (recorded !== undefined) this.#onCompared?.(digest ?? imageId, recorded.answers);
    this.#known.set(sbom, found);
    for (const one of this.#idle) {
      if (found.findings.some((finding) => isAbout(one, finding))) this.#idle.delete(one);
    }
    return found;
  }
}
