// The SBOM names the content of the image (contract 2.2): the union of all documents that count is compared with
// the packages that the layers state, each once, by name and version.
//
//   of each ecosystem, the policy's share (default 90 %)                           pass, counted
//   less of an ecosystem; no package of the system, or of the application          fail, the missing named
//   runtimes outside package managers (node, OpenJDK…), which few tools name       note, unless there are no other packages
//   packages only in the documents                                                 note
//   no document counts: see 2.2-embedded-sbom                                      unproven

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { JUDGING_DEFAULTS } from "../../contract/judging-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import type { EcosystemCoverage, NamedPackages, SbomCoverage } from "../../contract/sbom-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { andOthers } from "./others.ts";

const ID = "2.2-sbom-coverage";

/** Maximum number of packages named in one sentence. */
const NAMED = 5;

export const sbomCoverage = defineRule({
  id: ID,
  rows: ["sbom"],
  title: {
    fr: "Le SBOM nomme les paquets que l'image contient",
    en: "The SBOM names the packages that the image contains",
  },
  why: {
    fr: "Un paquet que l'inventaire tait est un paquet dont personne ne suivra les vulnérabilités.",
    en: "Vulnerabilities of a package that is missing from the inventory go unnoticed.",
  },
  remedy: {
    fr: "Faire le SBOM à partir de l'image construite, pas du code source : `douane sbom IMAGE --format cyclonedx=sbom.cdx.json`. Le refaire à chaque construction.",
    en: "Make the SBOM of the image that was built, not of the source code: `douane sbom IMAGE --format cyclonedx=sbom.cdx.json`. Generate it in each build.",
  },
  needs: ["sbom"],
  uses: ["judging"],
  check({ sbom: { coverage }, judging = JUDGING_DEFAULTS }) {
    if (coverage === undefined) return NO_DOCUMENT;
    const { ecosystems, unseen } = coverage;
    const lacking = ecosystems.filter((one) => isLacking(one, coverage, judging.sbomCoverage));
    const notes = [
      ...ecosystems.filter((one) => one.missing.count > 0 && !lacking.includes(one)).map(missing),
      ...(unseen.count > 0 ? [unknown(unseen)] : []),
    ];
    const [first, ...rest] = lacking.map((one) => tooLittle(one, judging.sbomCoverage));
    if (first !== undefined) return { status: "fail", findings: [first, ...rest], notes };
    return { status: "pass", proof: proofOf(ecosystems), notes };
  },
});

/**
 * Whether coverage is insufficient. Packages of type "generic" (binaries no package manager installed) are
 * rarely listed by other tools; their absence counts only if the source lists nothing else.
 */
function isLacking(one: EcosystemCoverage, { ecosystems }: SbomCoverage, share: number): boolean {
  const { type, source, named, packages } = one;
  if (type !== "generic") return named * 100 < packages * share;
  return ecosystems.every((other) => other.source !== source || other.named === 0);
}

function tooLittle(one: EcosystemCoverage, share: number): Finding {
  const { type, packages, named, missing, otherVersion } = one;
  const source = SOURCES[one.source];
  const versions = otherVersion > 0 ? inOtherVersion(otherVersion) : { fr: "", en: "" };
  return {
    message: {
      fr: `le SBOM nomme ${named} des ${packages} paquets ${type} ${source.fr} (${percent(one)} %, ${share} % attendus) ; manquent ${list(missing, "fr")}${versions.fr}`,
      en: `the SBOM names ${named} of the ${packages} ${type} packages ${source.en} (${percent(one)} %, ${share} % expected); missing are ${list(missing, "en")}${versions.en}`,
    },
    fingerprint: fingerprint(ID, type, String(named), String(packages)),
  };
}

function missing(one: EcosystemCoverage): Finding {
  const { type, packages, missing } = one;
  return {
    message: {
      fr: `paquets ${type} que le SBOM ne nomme pas : ${missing.count} sur ${packages} (${list(missing, "fr")})`,
      en: `${type} packages that the SBOM does not name: ${missing.count} of ${packages} (${list(missing, "en")})`,
    },
    fingerprint: fingerprint(ID, "missing", type),
  };
}

function unknown(unseen: NamedPackages): Finding {
  return {
    message: {
      fr: `paquets que seul le SBOM connaît : ${unseen.count} (${list(unseen, "fr")})`,
      en: `packages that only the SBOM knows: ${unseen.count} (${list(unseen, "en")})`,
    },
    fingerprint: fingerprint(ID, "unseen"),
  };
}

function proofOf(ecosystems: readonly EcosystemCoverage[]): Text {
  if (ecosystems.length === 0) {
    return {
      fr: "rien dans les couches ne déclare de paquet que le SBOM aurait à nommer",
      en: "nothing in the layers states a package that the SBOM would have to name",
    };
  }
  const counts = ecosystems.map(({ type, named, packages }) => `${type} ${named}/${packages}`).join(", ");
  const sum = (of: (one: EcosystemCoverage) => number) =>
    ecosystems.reduce((total, one) => total + of(one), 0);
  const [named, packages] = [sum((one) => one.named), sum((one) => one.packages)];
  const share = percent({ named, packages });
  return {
    fr: `le SBOM nomme ${named} des ${packages} paquets vus, soit ${share} % (${counts})`,
    en: `the SBOM names ${named} of the ${packages} packages seen, which is ${share} % (${counts})`,
  };
}

/** Percentage, rounded down, so that only full coverage is 100 %. */
function percent({ named, packages }: Pick<EcosystemCoverage, "named" | "packages">): number {
  return Math.floor((100 * named) / packages);
}

function list({ count, names }: NamedPackages, lang: Lang): string {
  const shown = names.slice(0, NAMED).map(excerpt).join(", ");
  const more = count - Math.min(NAMED, names.length);
  return `${shown}${andOthers(more, lang)}`;
}

const SOURCES = {
  system: { fr: "du système", en: "of the system" },
  application: { fr: "de l'application", en: "of the application" },
} as const satisfies Record<EcosystemCoverage["source"], Text>;

function inOtherVersion(count: number): Text {
  return {
    fr: ` ; ${count} y figurent dans une autre version`,
    en: `; ${count} of them stand there in another version`,
  };
}

const NO_DOCUMENT: Outcome = {
  status: "unproven",
  reason: {
    fr: "aucun SBOM qui compte, dont la couverture pourrait être mesurée",
    en: "no SBOM that counts, whose coverage could be measured",
  },
};
