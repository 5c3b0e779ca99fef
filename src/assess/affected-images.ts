import type { VulnerabilityFinding } from "../contract/vulnerability-facts.ts";
import type { ImageEvidence } from "../evidence/file.ts";
import { purlOf } from "../sbom/purl.ts";
import type { VulnerabilityDatabase } from "../vulnerabilities/database/database.ts";
import { matchComponents } from "../vulnerabilities/match/match-components.ts";
import { componentsOfImage, type MatchedComponent } from "../vulnerabilities/match/matched-component.ts";

/** An image that evidence knows. */
export interface StoredImageName {
  readonly name: string;
  /** Of its manifest, else of its config. */
  readonly digest: string;
}

/** A vulnerability in a package, and the images that hold it. */
export interface AffectedImages {
  readonly finding: VulnerabilityFinding;
  readonly images: readonly StoredImageName[];
}

/** Which images hold which package: what is asked of many images is asked of each package once. */
export class StoredComponents {
  readonly #components = new Map<string, MatchedComponent>();
  readonly #images = new Map<string, Set<StoredImageName>>();
  readonly #known = new Set<string>();
  readonly #purls = new Map<string, string>();
  #without = 0;

  /** Images whose evidence does not say what they hold: nothing is known of them. */
  get without(): number {
    return this.#without;
  }

  /** How many images it knows, each once. */
  get images(): number {
    return this.#known.size;
  }

  add({ image, sbom }: Pick<ImageEvidence, "image" | "sbom">): void {
    const digest = image.digest ?? image.imageId;
    if (this.#known.has(digest)) return;
    if (sbom === undefined) {
      this.#without += 1;
      return;
    }
    this.#known.add(digest);
    const name = { name: image.source, digest };
    for (const component of componentsOfImage(sbom.packages)) {
      const purl = this.#purlOf(component);
      const { facts, os, ofDistribution } = component;
      const known = this.#components.get(purl);
      // Where it lies differs from image to image; what one has by itself counts for itself.
      if (known === undefined || (known.ofDistribution === true && ofDistribution === undefined)) {
        const owned = ofDistribution === undefined ? {} : { ofDistribution };
        this.#components.set(purl, { facts, ...(os === undefined ? {} : { os }), ...owned });
      }
      const images = this.#images.get(purl) ?? new Set();
      images.add(name);
      this.#images.set(purl, images);
    }
  }

  /** Images have most packages in common. */
  #purlOf({ facts, os }: MatchedComponent): string {
    const { type, namespace = "", name, version, architecture = "", source, qualifiers } = facts;
    const system = os === undefined ? "" : `${os.id}\0${os.version ?? ""}`;
    const more = source === undefined && qualifiers === undefined ? "" : JSON.stringify([source, qualifiers]);
    const key = [type, namespace, name, version, architecture, system, more].join("\0");
    const purl = this.#purls.get(key) ?? purlOf(facts, os);
    this.#purls.set(key, purl);
    return purl;
  }

  /** What the data say of all of them, the gravest first. */
  affected(data: VulnerabilityDatabase, today: string): readonly AffectedImages[] {
    const { findings } = matchComponents([...this.#components.values()], data, today);
    return findings.map((finding) => ({
      finding,
      images: [...(this.#images.get(finding.component.purl) ?? [])],
    }));
  }
}
