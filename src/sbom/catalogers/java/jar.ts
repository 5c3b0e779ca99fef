import type { PackageFacts } from "../../../contract/package-facts.ts";
import { ClassRoots } from "./class-roots.ts";
import { manifestFields } from "./manifest.ts";
import { pomProperties } from "./pom-properties.ts";

/** Names of Java archives. */
export const JAR = /\.(?:jar|war|ear|hpi|jpi|par|sar|rar|kar|lpkg|nar)$/i;
/** Maven's metadata, below META-INF/maven, or elsewhere in a repackaged jar. */
const POM = /(?:^|\/)pom\.properties$/;
const MANIFEST = "META-INF/MANIFEST.MF";

/** Whether a member of a jar, by its name, describes the jar's content. */
export function isOfUse(name: string): boolean {
  return name === MANIFEST || POM.test(name);
}

/** Facts of one jar, collected from its members. */
export class JarFacts {
  readonly #poms: ReadonlyMap<string, string>[] = [];
  readonly #classes = new ClassRoots();
  #manifest: ReadonlyMap<string, string> = new Map();

  /** Whether no member described the jar. */
  get isEmpty(): boolean {
    return this.#poms.length === 0 && this.#manifest.size === 0;
  }

  /**
   * Records a member's name.
   *
   * @param name name of any member of the jar
   */
  seeName(name: string): void {
    this.#classes.see(name);
  }

  /** Whether the jar contains code of projects that neither its pom.properties nor its manifest names. */
  get isShaded(): boolean {
    return this.#classes.isShaded([...this.#poms.flatMap(artifactOf), ...this.#itself("").packages]);
  }

  /**
   * Reads a member.
   *
   * @param name name of the member, for which isOfUse() is true
   */
  see(name: string, bytes: Buffer): void {
    if (name === MANIFEST) this.#manifest = manifestFields(bytes);
    else this.#poms.push(pomProperties(bytes));
  }

  /**
   * All artifacts with Maven metadata in the jar, including shaded artifacts; for a jar without Maven
   * metadata, the jar itself, by its manifest and file name.
   *
   * @param name name of the jar's file
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

  /** Group of a Spring Boot application, which is in no repository: the package of its start class. */
  #group(): Pick<PackageFacts, "namespace" | "groupGuessed"> {
    const started = this.#field("Start-Class") ?? "";
    const own = started.slice(0, Math.max(started.lastIndexOf("."), 0));
    if (own !== "") return { namespace: own };
    const vendor = this.#field("Implementation-Vendor-Id");
    return vendor === undefined ? {} : { namespace: vendor, groupGuessed: true };
  }

  /**
   * Licences in OSGi's Bundle-License: names or addresses, each with attributes, which apply to the jar as a
   * whole.
   */
  #licenses(): Pick<PackageFacts, "licenses"> {
    const stated = this.#field("Bundle-License")?.split(",") ?? [];
    const licenses = stated.map((one) => (one.split(";", 1)[0] ?? "").replaceAll('"', "").trim());
    const named = licenses.filter((one) => one !== "" && one !== "<<EXTERNAL>>");
    return named.length === 0 ? {} : { licenses: named };
  }

  /** First of these fields in the manifest. */
  #field(...names: readonly string[]): string | undefined {
    return names.map((name) => this.#manifest.get(name)).find((value) => value !== undefined && value !== "");
  }
}

export interface JarPackages {
  readonly packages: readonly PackageFacts[];
  /** Set if the identity was derived only from the file name, which may be wrong. */
  readonly unidentified?: true;
}

/** Artifact named by a pom.properties; none if the file is not Maven's. */
export function artifactOf(fields: ReadonlyMap<string, string>): readonly PackageFacts[] {
  const [namespace, name, version] = [fields.get("groupId"), fields.get("artifactId"), fields.get("version")];
  if (namespace === undefined || name === undefined || version === undefined) return [];
  return [{ type: "maven", namespace, name, version }];
}

/**
 * Whether a jar is part of OpenJDK, at its original path below the JDK's folder, for version 8 and for 9 and
 * later. Jars with other names were added later.
 *
 * @param homes folders with OpenJDK's `release` file, ending in `/`
 */
export function isOfJdk(path: string, homes: readonly string[]): boolean {
  return homes.some((home) => path.startsWith(home) && OWN.test(path.slice(home.length)));
}

const OWN =
  /^(?:lib\/(?:jrt-fs|tools|dt|jconsole|sa-jdi)|(?:jre\/)?lib\/(?:rt|jce|jsse|jfr|charsets|resources|management-agent|ext\/(?:cldrdata|dnsns|icedtea-sound|jaccess|java-atk-wrapper|localedata|nashorn|sunec|sunjce_provider|sunpkcs11|zipfs)|security\/policy\/(?:un)?limited\/(?:US_export|local)_policy))\.jar$/;
