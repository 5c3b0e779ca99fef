import { DouaneError, InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { OsFacts, PackageFacts } from "../../../contract/package-facts.ts";
import { DamagedList } from "../../../sbom/cataloger/cataloger.ts";
import { maskPackageTexts } from "../../../secrets/sbom.ts";
import type {
  LayerSystem,
  PackageList,
  PackagesFacts,
  UnidentifiedFiles,
  UnreadList,
} from "../facts/facts.ts";

/** Collects package facts of a layer. */
export class FoundPackages {
  readonly #lists: PackageList[] = [];
  readonly #unread: UnreadList[] = [];
  #otherUnread = 0;
  readonly #unidentified: UnidentifiedFiles[] = [];
  readonly #systems: LayerSystem[] = [];
  #count = 0;

  /**
   * Reads a package list; if this fails, marks the list as unread.
   *
   * @returns whether the list was read
   */
  read(
    entry: number,
    cataloger: string,
    read: () => readonly PackageFacts[] | "too-long",
    inside?: string,
  ): boolean {
    const place = { entry, cataloger, ...(inside === undefined ? {} : { inside }) };
    return this.attempt(place, () => {
      const packages = readable(read);
      if (packages === "too-long") this.unread(entry, cataloger, packages, inside);
      else if (packages instanceof DamagedList) this.#addReadable(place, packages.readable, true);
      else this.#addReadable(place, packages, false);
    });
  }

  /** Records the packages of a list. @throws InvalidInputError layer-package-limit */
  add(list: PackageList): void {
    this.attempt(list, () => this.#add(list));
  }

  /** Runs `work`; a failure marks the file as unread. @throws DouaneError for an exceeded bound */
  attempt({ entry, cataloger, inside }: Omit<UnreadList, "why">, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (error instanceof DouaneError) throw error;
      this.unread(entry, cataloger, "damaged", inside);
      return false;
    }
  }

  /** Adds the readable part of a list, and marks the list as unread. */
  #addReadable(
    place: Pick<PackageList, "entry" | "cataloger" | "inside">,
    found: readonly PackageFacts[],
    isDamaged: boolean,
  ): void {
    const packages = found.filter(isNamed);
    const { entry, cataloger, inside } = place;
    if (isDamaged || packages.length < found.length) this.unread(entry, cataloger, "damaged", inside);
    this.#add({ ...place, packages });
  }

  #add(list: PackageList): void {
    this.#count += list.packages.length;
    if (this.#count > LIMITS.packagesPerLayer) throw tooMany();
    if (list.packages.length === 0) return;
    this.#lists.push({ ...list, packages: maskPackageTexts(list.packages.map(bounded)) });
  }

  unread(entry: number, cataloger: string, why: UnreadList["why"], inside?: string): void {
    if (this.#unread.length >= LIMITS.unreadListsPerLayer) this.#otherUnread += 1;
    else this.#unread.push({ entry, ...(inside === undefined ? {} : { inside }), cataloger, why });
  }

  /**
   * Records files that a list names without identifying them. Their bound is the same as for unread lists,
   * but counted separately.
   */
  unidentified(entry: number, cataloger: string): void {
    if (this.#unidentified.length < LIMITS.unsearchedPerLayer) this.#unidentified.push({ entry, cataloger });
  }

  system(entry: number, os: OsFacts | undefined, isTwice: boolean): void {
    if (os !== undefined) this.#systems.push({ entry, os, ...(isTwice ? { isTwice } : {}) });
  }

  facts(): Pick<PackagesFacts, "lists" | "unread" | "otherUnread" | "unidentified" | "systems"> {
    return {
      lists: this.#lists,
      unread: this.#unread,
      otherUnread: this.#otherUnread,
      unidentified: this.#unidentified,
      systems: this.#systems,
    };
  }
}

/** Longest licence, in characters: some packages have the full text instead of a name. */
const LICENSE_CHARACTERS = 200;

function readable(read: () => readonly PackageFacts[] | "too-long") {
  try {
    return read();
  } catch (error) {
    if (error instanceof DamagedList) return error;
    throw error;
  }
}

function isNamed(facts: PackageFacts): boolean {
  return facts.name !== "" && names(facts).every(isName);
}

/** @throws Error if a name or version is invalid: the file is not a package list */
function bounded(facts: PackageFacts): PackageFacts {
  if (!isNamed(facts)) throw new Error("no name of a package");
  const { licenses, supplier } = facts;
  return {
    ...facts,
    ...(licenses === undefined ? {} : { licenses: licenses.map(firstLine) }),
    ...(supplier === undefined ? {} : { supplier: firstLine(supplier) }),
  };
}

function names({
  namespace,
  name,
  alias,
  version,
  architecture,
  source,
  qualifiers,
}: PackageFacts): readonly string[] {
  const others = [namespace, alias, architecture, source?.name, source?.version].filter(
    (text) => text !== undefined,
  );
  return [name, version, ...others, ...Object.values(qualifiers ?? {})];
}

/**
 * Whether a text may be a package's name or version: no package manager allows control characters, or this
 * length.
 */
function isName(text: string): boolean {
  return text.length <= LIMITS.packageNameCharacters && !CONTROL.test(text);
}

const CONTROL = /\p{Cc}/u;

/** First line of an arbitrary text, cleaned and bounded. */
function firstLine(text: string): string {
  const [line = ""] = text.split("\n", 1);
  return line
    .slice(0, LICENSE_CHARACTERS)
    .replace(/\p{Cc}/gu, " ")
    .trim();
}

function tooMany(): InvalidInputError {
  return new InvalidInputError("layer-package-limit", {
    fr: `la couche déclare plus de ${LIMITS.packagesPerLayer} paquets (borne packagesPerLayer)`,
    en: `the layer states more than ${LIMITS.packagesPerLayer} packages (bound packagesPerLayer)`,
  });
}
