import { isDistributions, isWithoutSources } from "../../../contract/distribution-packages.ts";
import type { Digest } from "../../../contract/image-facts.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { type OsFacts, PACKAGE_TYPES, type PackageFacts } from "../../../contract/package-facts.ts";
import { osOfDistro } from "../../distro.ts";
import { type Purl, parsePurl } from "../../purl.ts";
import {
  type DocumentComponent,
  type DocumentPlace,
  type FurtherElement,
  isByDouane,
  type MissingField,
} from "./sbom-document.ts";
import { isContradicted, ownWords } from "./stated-purl.ts";

/** A component of a document, independent of its format. */
export interface Stated {
  readonly ref: string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  /** Group in CycloneDX, separate from the name. */
  readonly group?: string;
  readonly licenses: readonly string[];
  readonly catalogers: readonly string[];
  readonly places: readonly DocumentPlace[];
  /** See DocumentComponent. */
  readonly layer?: Digest;
  readonly hidden?: true;
  readonly ofBase?: true;
  readonly ofDistribution?: true;
  readonly ofOtherSystem?: true;
  readonly groupGuessed?: true;
  readonly supplier?: string;
  readonly alias?: string;
  readonly further?: readonly FurtherElement[];
  /** Source package in properties, separate from the purl. */
  readonly source?: PackageFacts["source"];
}

/** @param os operating system of the document */
export function componentOf(stated: Stated, os: OsFacts | undefined): DocumentComponent {
  const {
    licenses: _licenses,
    source: _source,
    supplier: _supplier,
    group: _group,
    alias: _alias,
    ofOtherSystem,
    groupGuessed,
    ...shown
  } = stated;
  const given = stated.purl === undefined ? undefined : parsePurl(stated.purl);
  const purl = given && ownWords(given, stated);
  const read = purl && factsOf(purl, stated);
  const known = read && { ...read, ...(groupGuessed === undefined ? {} : { groupGuessed }) };
  const isDoubtful = given && purl && known !== undefined && isContradicted(given, purl, stated);
  const facts = isDoubtful === true ? undefined : known;
  const release = purl && facts && releaseOf(purl, facts, os);
  return {
    ...shown,
    ...(facts === undefined ? {} : { facts }),
    ...(release === undefined ? {} : { os: release }),
    missing:
      isDoubtful === true
        ? ["agreement"]
        : missingOf(purl, facts, ofOtherSystem === true ? undefined : release),
  };
}

/** Whether a document's subject is itself a package: an application with a purl, rather than an image. */
export function isItselfPackage(purl: string | undefined): boolean {
  const type = purl === undefined ? undefined : parsePurl(purl)?.type;
  return PACKAGE_TYPES.some((one) => one === type && one !== "generic");
}

function factsOf(purl: Purl, stated: Stated): PackageFacts | undefined {
  const { version, licenses, supplier, alias } = stated;
  const type = PACKAGE_TYPES.find((one) => one === purl.type);
  if (type === undefined) return undefined;
  if (purl.name.length > LIMITS.packageNameCharacters) return undefined;
  const architecture = purl.qualifiers.get("arch");
  const own = versionOf(purl) ?? version;
  const isSystem = isDistributions({ type });
  const source = isSystem ? (stated.source ?? sourceOf(purl, own)) : undefined;
  const isOther = source !== undefined && (source.name !== purl.name || source.version !== own);
  const others = [...purl.qualifiers].filter(([name]) => !READ_QUALIFIERS.has(name));
  return {
    type,
    ...(isSystem || purl.namespace === undefined ? {} : { namespace: purl.namespace }),
    name: purl.name,
    ...(alias === undefined ? {} : { alias }),
    version: own,
    ...(architecture === undefined ? {} : { architecture }),
    ...(isOther ? { source } : {}),
    ...(licenses.length === 0 ? {} : { licenses }),
    ...(others.length === 0 ? {} : { qualifiers: Object.fromEntries(others) }),
    ...(supplier === undefined ? {} : { supplier }),
  };
}

/** Qualifiers that have separate fields. */
const READ_QUALIFIERS = new Set(["arch", "distro", "upstream", "epoch"]);

/**
 * Version with its epoch. The epoch is part of the version or separate: for rpm by specification, for deb in
 * trivy's documents.
 */
function versionOf({ version, qualifiers }: Purl): string | undefined {
  const epoch = qualifiers.get("epoch");
  return epoch === undefined || version === undefined || version.includes(":")
    ? version
    : `${epoch}:${version}`;
}

/** Source package in `upstream`: `glibc`, `gcc-14@14.2.0-19`, or the name of a source rpm. */
function sourceOf({ type, qualifiers }: Purl, version: string): PackageFacts["source"] {
  const upstream = qualifiers.get("upstream");
  if (upstream === undefined) return undefined;
  if (type === "rpm" && upstream.endsWith(".src.rpm")) return sourceRpm(upstream, version);
  const at = upstream.lastIndexOf("@");
  return at <= 0
    ? { name: upstream, version }
    : { name: upstream.slice(0, at), version: upstream.slice(at + 1) };
}

/** Source package in a file name: `bash-5.1.8-6.el9.src.rpm` is name, version, release. */
function sourceRpm(file: string, version: string): PackageFacts["source"] {
  const stem = file.slice(0, -".src.rpm".length);
  const release = stem.lastIndexOf("-");
  const dash = stem.lastIndexOf("-", release - 1);
  return dash <= 0 ? { name: stem, version } : { name: stem.slice(0, dash), version: stem.slice(dash + 1) };
}

function releaseOf(purl: Purl, facts: PackageFacts, os: OsFacts | undefined): OsFacts | undefined {
  if (!isDistributions(facts)) return undefined;
  const distro = purl.qualifiers.get("distro");
  if (distro !== undefined) return osOfDistro(distro, purl.namespace);
  return os;
}

function missingOf(
  purl: Purl | undefined,
  facts: PackageFacts | undefined,
  os: OsFacts | undefined,
): readonly MissingField[] {
  if (purl === undefined) return ["purl"];
  if (facts === undefined) return ["type"];
  const isVersioned = facts.version !== "";
  const isReleased = !isDistributions(facts) || os !== undefined;
  return [...(isVersioned ? [] : ["version" as const]), ...(isReleased ? [] : ["distro" as const])];
}

/**
 * Marks missing source packages: if no distribution package has one, the document omits them. Advisories of
 * Debian, Alpine and Red Hat refer to source packages.
 */
export function withoutUpstream(
  components: readonly DocumentComponent[],
  tools: readonly string[],
): readonly DocumentComponent[] {
  // In douane's own documents, a package without a source package has its source's name and version, unless
  // sources are unknown.
  const isOurs = isByDouane(tools);
  const isLost = components.every(({ facts }) => facts?.source === undefined);
  if (!isOurs && !isLost) return components;
  return components.map((component) => {
    const { facts, missing, catalogers } = component;
    const isWithout = isOurs ? catalogers.some(isWithoutSources) : true;
    return facts !== undefined && isDistributions(facts) && isWithout
      ? { ...component, missing: [...missing, "upstream"] }
      : component;
  });
}
