import { packageOf } from "../contract/package-key.ts";
import type { Text } from "../contract/text.ts";
import type { VulnerabilityFinding } from "../contract/vulnerability-facts.ts";
import type { ImageEvidence } from "../evidence/file.ts";
import { purlOf } from "../sbom/purl.ts";
import { componentsOfImage, type MatchedComponent } from "../vulnerabilities/match/matched-component.ts";
import { readingDoubt } from "./reading-doubt.ts";

/** An image in stored evidence. */
export interface StoredImageName {
  readonly name: string;
  /** Digest of the manifest, otherwise of the config. */
  readonly digest: string;
}

/** Images by package, so that data for many images are queried once per package. */
export class StoredComponents {
  readonly #components = new Map<string, MatchedComponent>();
  readonly #images = new Map<string, Set<StoredImageName>>();
  readonly #known = new Set<string>();
  readonly #purls = new Map<string, string>();
  /** Packages that only SBOMs name, as written there, with the purl of each that can be parsed. */
  readonly #stated = new Map<string, string | undefined>();
  /** Images whose SBOMs name a package, by the package's purl. */
  readonly #statedBy = new Map<string, Set<StoredImageName>>();
  /** Images with unknown packages, by the reason as a sentence. */
  readonly #unread = new Map<string, { readonly reason: Text; readonly images: StoredImageName[] }>();
  #without = 0;

  /** Number of images whose evidence lacks packages. */
  get without(): number {
    return this.#without;
  }

  /** Number of distinct images. */
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
      // Places differ between images, and a package not installed by the distribution takes precedence.
      if (known === undefined || (known.ofDistribution === true && ofDistribution === undefined)) {
        const owned = ofDistribution === undefined ? {} : { ofDistribution };
        this.#components.set(purl, { facts, ...(os === undefined ? {} : { os }), ...owned });
      }
      const images = this.#images.get(purl) ?? new Set();
      images.add(name);
      this.#images.set(purl, images);
    }
    this.#addStated(sbom.coverage?.unseenPackages ?? [], name);
    const reason = readingDoubt({ image, sbom });
    if (reason === undefined) return;
    const known = this.#unread.get(reason.en);
    if (known === undefined) this.#unread.set(reason.en, { reason, images: [name] });
    else known.images.push(name);
  }

  get components(): readonly MatchedComponent[] {
    return [...this.#components.values()];
  }

  /** Packages that only SBOMs name, in the form for withDocumentOnly(). */
  get stated(): readonly string[] {
    return [...this.#stated.keys()];
  }

  /** Reasons why packages of some images are unknown. */
  get unread(): readonly { readonly reason: Text; readonly images: readonly StoredImageName[] }[] {
    return [...this.#unread.values()];
  }

  /** Images that contain a finding's package, or whose SBOM alone names the package. */
  imagesOf({ component }: VulnerabilityFinding): readonly StoredImageName[] {
    const holding = component.onlyStated === true ? this.#statedBy : this.#images;
    return [...(holding.get(component.purl) ?? [])];
  }

  #addStated(unseen: readonly string[], name: StoredImageName): void {
    for (const written of unseen) {
      if (!this.#stated.has(written)) {
        const facts = packageOf(written);
        this.#stated.set(written, facts === undefined ? undefined : purlOf(facts));
      }
      const purl = this.#stated.get(written);
      if (purl === undefined) continue;
      this.#statedBy.set(purl, (this.#statedBy.get(purl) ?? new Set()).add(name));
    }
  }

  /** Purl of a component, cached, since images have most packages in common. */
  #purlOf({ facts, os }: MatchedComponent): string {
    const { type, namespace = "", name, version, architecture = "", source, qualifiers } = facts;
    const system = os === undefined ? "" : `${os.id}\0${os.version ?? ""}`;
    const more = source === undefined && qualifiers === undefined ? "" : JSON.stringify([source, qualifiers]);
    const key = [type, namespace, name, version, architecture, system, more].join("\0");
    const purl = this.#purls.get(key) ?? purlOf(facts, os);
    this.#purls.set(key, purl);
    return purl;
  }
}
