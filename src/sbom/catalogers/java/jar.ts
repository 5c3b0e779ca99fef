import type { PackageFacts } from "../../../contract/package-facts.ts";
import { manifestFields } from "./manifest.ts";
import { pomProperties } from "./pom-properties.ts";

/** Archives of Java, by their names. */
export const JAR = /\.(?:jar|war|ear|hpi|jpi|par|sar|rar|kar|lpkg|nar)$/i;
/** Maven lays it below META-INF/maven; who repackages a jar may lay it elsewhere. */
const POM = /(?:^|\/)pom\.properties$/;
const MANIFEST = "META-INF/MANIFEST.MF";

/** Whether a member of a jar, by its name in it, says what the jar holds. */
export function isOfUse(name: string): boolean {
  return name === MANIFEST || POM.test(name);
}

/** What is known of one jar: read from what its members say. */
export class JarFacts {
  readonly #poms: ReadonlyMap<string, string>[] = [];
  #manifest: ReadonlyMap<string, string> = new Map();

  /** Whether nothing in it said what it is. */
  get isEmpty(): boolean {
    return this.#poms.length === 0 && this.#manifest.size === 0;
  }

  /** @param name in the jar, of those of use */
  see(name: string, bytes: Buffer): void {
    if (name === MANIFEST) this.#manifest = manifestFields(bytes);
    else this.#poms.push(pomProperties(bytes));
  }

  /**
   * Each artifact that Maven put into the jar, shaded ones included; of a jar without any, itself, as
   * far as its manifest and its name say.
   *
   * @param name of the jar's file
   */
  packages(name: string): JarPackages {
    const found = this.#poms.flatMap(artifactOf);
    const [only, ...others] = found;
    if (only === undefined) return this.#itself(name);
    return { packages: others.length > 0 ? found : [{ ...only, ...this.#licenses() }] };
  }

  #itself(file: string): JarPackages {
    const base = file.replace(JAR, "");
    const [, stem = base, stated = ""] = /^(.{1,200}?)-(\d[\w.+~-]{0,100})$/.exec(base) ?? [];
    const version = this.#field("Implementation-Version", "Bundle-Version", "Specification-Version");
    const itself: PackageFacts = {
      type: "maven",
      ...this.#group(),
      name: stem,
      version: stated || (version ?? ""),
      ...this.#licenses(),
    };
    return { packages: [itself], ...(version === undefined ? { unidentified: true } : {}) };
  }

  /** Spring Boot's jar of an application is in nobody's repository: its group is the package that is started. */
  #group(): Pick<PackageFacts, "namespace" | "groupGuessed"> {
    const started = this.#field("Start-Class") ?? "";
    const own = started.slice(0, Math.max(started.lastIndexOf("."), 0));
    if (own !== "") return { namespace: own };
    const vendor = this.#field("Implementation-Vendor-Id");
    return vendor === undefined ? {} : { namespace: vendor, groupGuessed: true };
  }

  /** OSGi's Bundle-License: names or addresses, each with attributes, which belong to the jar as a whole. */
  #licenses(): Pick<PackageFacts, "licenses"> {
    const stated = this.#field("Bundle-License")?.split(",") ?? [];
    const licenses = stated.map((one) => (one.split(";", 1)[0] ?? "").replaceAll('"', "").trim());
    const named = licenses.filter((one) => one !== "" && one !== "<<EXTERNAL>>");
    return named.length === 0 ? {} : { licenses: named };
  }

  /** The first of these that the manifest has. */
  #field(...names: readonly string[]): string | undefined {
    return names.map((name) => this.#manifest.get(name)).find((value) => value !== undefined && value !== "");
  }
}

export interface JarPackages {
  readonly packages: readonly PackageFacts[];
  /** Nothing in the jar says what it is: what its name makes of it may be right. */
  readonly unidentified?: true;
}

/** What one pom.properties names; nothing where it is none of Maven's. */
export function artifactOf(fields: ReadonlyMap<string, string>): readonly PackageFacts[] {
  const [namespace, name, version] = [fields.get("groupId"), fields.get("artifactId"), fields.get("version")];
  if (namespace === undefined || name === undefined || version === undefined) return [];
  return [{ type: "maven", namespace, name, version }];
}
