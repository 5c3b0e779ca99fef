import type { JudgingFacts } from "../../contract/judging-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import {
  type EndOfLifeFacts,
  type ReleaseCycle,
  UNCERTAIN_REASONS,
  type UncertainReason,
  type UnmatchedComponents,
  type UnmatchedReason,
  type VulnerabilityFacts,
} from "../../contract/vulnerability-facts.ts";
import { dataAge, excerptsOf } from "./data-age.ts";
import { DAYS_TO_RATE } from "./gate.ts";
import { leastRecords } from "./least-records.ts";
import type { PackageVulnerability } from "./same-package.ts";

/** Something that keeps silence from being health, and what would settle it. */
export interface Doubt {
  readonly reason: Text;
  readonly settle?: Text;
}

const SHOWN = 5;

const UPDATE = {
  fr: "douane vulns update, ou douane vulns import FICHIER…",
  en: "`douane vulns update`, or `douane vulns import FILE…`",
} as const satisfies Text;

const GROUPS = {
  fr: "mettre à jour ces jars, ou laisser dans l'image un SBOM qui dit leurs groupes (cyclonedx-maven-plugin, cyclonedx-gradle-plugin)",
  en: "update these jars, or leave an SBOM in the image that states their groups (cyclonedx-maven-plugin, cyclonedx-gradle-plugin)",
} as const satisfies Text;

const UNMATCHED: Record<UnmatchedReason, (count: number, ecosystem: string) => Text> = {
  type: (count, ecosystem) =>
    unspoken(count, ecosystem) ?? {
      fr: `aucune source de données ne parle de ce type (${ecosystem}), non comparés : ${count}`,
      en: `no feed speaks of this type (${ecosystem}), not compared: ${count}`,
    },
  data: (count, ecosystem) => ({
    fr: `les données ne contiennent rien pour ${ecosystem}, non comparés : ${count}`,
    en: `the data hold nothing of ${ecosystem}, not compared: ${count}`,
  }),
  distribution: (count, ecosystem) => ({
    fr: `la version de la distribution n'est pas dite, ou aucune source n'en parle (${ecosystem}), non comparés : ${count}`,
    en: `the distribution's release is not stated, or no feed speaks of it (${ecosystem}), not compared: ${count}`,
  }),
  unidentified: (count, ecosystem) => ({
    fr: `le nom complet du paquet n'est pas dit (${ecosystem}), non comparés : ${count}`,
    en: `the package's whole name is not stated (${ecosystem}), not compared: ${count}`,
  }),
  contradiction: (count, ecosystem) => ({
    fr: `le document contredit la package URL par le nom ou la version qu'il met à côté (${ecosystem}), non comparés : ${count}`,
    en: `the document contradicts a package URL by the name or version beside it (${ecosystem}), not compared: ${count}`,
  }),
  upstream: (count, ecosystem) => ({
    fr: `le document ne dit pas de quel paquet source vient un paquet (upstream, ${ecosystem}) : ${count}`,
    en: `the document does not say what a package was built from (upstream, ${ecosystem}): ${count}`,
  }),
};

/** Of a program outside package managers Bitnami's records alone speak, of some two hundred of them. */
function unspoken(count: number, ecosystem: string): Text | undefined {
  if (!ecosystem.startsWith("generic/")) return undefined;
  const name = ecosystem.slice("generic/".length);
  return {
    fr: `les fiches de Bitnami importées ici ne nomment pas ${name}, non comparés : ${count}`,
    en: `Bitnami's records imported here do not name ${name}, not compared: ${count}`,
  };
}

const UNCERTAIN: Record<UncertainReason, Text> = {
  scheme: { fr: "l'ordre des versions n'est pas connu", en: "the order of versions is not known" },
  "installed-version": {
    fr: "la version installée ne se lit pas",
    en: "the installed version is not readable",
  },
  "stated-version": {
    fr: "une version de la fiche ne se lit pas",
    en: "a version of the record is not readable",
  },
  group: { fr: "le jar ne dit pas son groupe Maven", en: "the jar does not state its Maven group" },
  "nothing-stated": { fr: "la fiche ne dit aucune version", en: "the record states no version" },
  "other-name": {
    fr: "le répertoire porte le nom de ce paquet, son package.json en dit un autre",
    en: "the folder has this package's name, its package.json says another",
  },
  "module-stream": {
    fr: "le flux du module n'est pas dit",
    en: "the module's stream is not stated",
  },
};

/** What of the facts leaves it open whether a critical vulnerability is there. */
export function doubtsOf(
  facts: VulnerabilityFacts,
  open: readonly PackageVulnerability[],
  judging: JudgingFacts,
): readonly Doubt[] {
  return [
    ...dataDoubts(facts, judging),
    ...excerptDoubts(facts),
    ...unsignedDoubts(facts),
    ...facts.unmatched.map(unmatchedDoubt),
    ...facts.endOfLife.map(endDoubt),
    ...supportDoubts(facts.supportUnknown ?? []),
    ...openDoubts(open),
    ...(facts.cut === true
      ? [
          {
            reason: {
              fr: "l'image a plus de vulnérabilités que ce qui en est gardé (limite vulnerabilityFindings)",
              en: "the image has more vulnerabilities than are kept (limit vulnerabilityFindings)",
            },
          },
        ]
      : []),
  ];
}

function dataDoubts(facts: VulnerabilityFacts, judging: JudgingFacts): readonly Doubt[] {
  const { date, state } = dataAge(facts, judging);
  const days = judging.vulnerabilityDataDays;
  if (state === "old") {
    return [
      {
        reason: {
          fr: `les données de vulnérabilités datent du ${date} : plus de ${days} jours`,
          en: `the vulnerability data are of ${date}: older than ${days} days`,
        },
        settle: UPDATE,
      },
    ];
  }
  if (state === "fresh") return facts.compared.length + facts.unmatched.length > 0 ? [] : [nothingKnown()];
  return [
    {
      reason: {
        fr: `les données de vulnérabilités sont datées du ${date}, après le jour du jugement (${judging.at.slice(0, date.length)}) : vérifier l'horloge`,
        en: `the vulnerability data are dated ${date}, after the day of judging (${judging.at.slice(0, date.length)}): check the clock`,
      },
      settle: UPDATE,
    },
  ];
}

/** A handful of records stands for no ecosystem. */
function excerptDoubts(facts: VulnerabilityFacts): readonly Doubt[] {
  const excerpts = excerptsOf(facts);
  if (excerpts.length === 0) return [];
  const listed = excerpts
    .slice(0, SHOWN)
    .map(({ ecosystem, records }) => `${excerpt(ecosystem)} ${records} < ${leastRecords(ecosystem)}`);
  const list = listed.join(", ") + (excerpts.length > listed.length ? ", …" : "");
  return [
    {
      reason: {
        fr: `les données ne sont qu'un extrait, trop peu d'enregistrements (${list})`,
        en: `the data are an excerpt, too few records (${list})`,
      },
      settle: {
        fr: "importer l'export entier de chaque écosystème (douane vulns import FICHIER…), ou douane vulns update",
        en: "import the whole export of each ecosystem (`douane vulns import FILE…`), or `douane vulns update`",
      },
    },
  ];
}

function unsignedDoubts({ sources }: VulnerabilityFacts): readonly Doubt[] {
  const names = sources.filter(({ isUnsigned }) => isUnsigned === true).map(({ name }) => excerpt(name));
  if (names.length === 0) return [];
  const list = names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ", …" : "");
  return [
    {
      reason: {
        fr: `des données ne sont pas signées par la clé de la politique (${list})`,
        en: `data are not signed by the policy's key (${list})`,
      },
      settle: {
        fr: "douane vulns update --policy FICHIER, depuis un miroir que cette clé a signé",
        en: "`douane vulns update --policy FILE`, from a mirror that this key signed",
      },
    },
  ];
}

function nothingKnown(): Doubt {
  return {
    reason: {
      fr: "aucun paquet n'a été reconnu dans l'image : il n'y avait rien à comparer",
      en: "no package was recognised in the image: there was nothing to compare",
    },
  };
}

function unmatchedDoubt({ why, ecosystem, count, components }: UnmatchedComponents): Doubt {
  const names = components.slice(0, SHOWN).map(({ purl }) => excerpt(purl));
  const list = names.join(", ") + (count > names.length ? ", …" : "");
  const { fr, en } = UNMATCHED[why](count, excerpt(ecosystem));
  const reason = { fr: `${fr} (${list})`, en: `${en} (${list})` };
  if (why === "data") return { reason, settle: UPDATE };
  return why === "unidentified" && ecosystem === "Maven" ? { reason, settle: GROUPS } : { reason };
}

/** Silence about what nobody looks at any more is not health. */
function endDoubt({ product, cycle, on, source, purl }: EndOfLifeFacts): Doubt {
  const what = `${excerpt(product)} ${excerpt(cycle)}`;
  const since = on === undefined ? { fr: "", en: "" } : { fr: ` depuis le ${on}`, en: ` since ${on}` };
  return {
    reason: {
      fr: `${what} n'est plus maintenu${since.fr} (${excerpt(source)}) : plus aucun avis ne paraît`,
      en: `${what} is no longer maintained${since.en} (${excerpt(source)}): no advisory comes any more`,
    },
    settle:
      purl === undefined
        ? { fr: "une image de base d'une version maintenue", en: "a base image of a maintained release" }
        : { fr: "une version maintenue", en: "a maintained release" },
  };
}

/** Nobody says that it is still looked after. */
function supportDoubts(unknown: readonly ReleaseCycle[]): readonly Doubt[] {
  if (unknown.length === 0) return [];
  const named = unknown.slice(0, SHOWN).map(({ product, cycle }) => `${excerpt(product)} ${excerpt(cycle)}`);
  const list = named.join(", ") + (unknown.length > named.length ? ", …" : "");
  return [
    {
      reason: {
        fr: `la fin du support n'est pas connue (${list})`,
        en: `the end of support is not known (${list})`,
      },
      settle: {
        fr: "importer les données d'endoflife.date (douane vulns import FICHIER…), ou douane vulns update",
        en: "import the data of endoflife.date (`douane vulns import FILE…`), or `douane vulns update`",
      },
    },
  ];
}

function openDoubts(open: readonly PackageVulnerability[]): readonly Doubt[] {
  const unrated = open.filter(({ finding }) => finding.uncertain === undefined);
  const uncertain = UNCERTAIN_REASONS.flatMap((why): readonly Doubt[] => {
    const all = open.filter(({ finding }) => finding.uncertain === why);
    if (all.length === 0) return [];
    const said = UNCERTAIN[why];
    return [
      {
        reason: {
          fr: `impossible de dire si la version est concernée (${said.fr}) : ${listOf(all)}`,
          en: `it cannot be told whether the version is affected (${said.en}): ${listOf(all)}`,
        },
        ...(why === "group" ? { settle: GROUPS } : {}),
      },
    ];
  });
  if (unrated.length === 0) return uncertain;
  return [
    ...uncertain,
    {
      reason: {
        fr: `gravité inconnue depuis plus de ${DAYS_TO_RATE} jours : ${listOf(unrated)}`,
        en: `severity unknown for more than ${DAYS_TO_RATE} days: ${listOf(unrated)}`,
      },
      settle: settleUnrated(unrated),
    },
  ];
}

/** Ratings, or to be rid of them: what repairs them needs none. */
function settleUnrated(unrated: readonly PackageVulnerability[]): Text {
  const updates = unrated.flatMap(({ finding: { updateTo, fixedIn }, name }) => {
    const version = updateTo ?? fixedIn[0];
    return version === undefined ? [] : [`${excerpt(name)} → ${excerpt(version)}`];
  });
  const named = [...new Set(updates)];
  const list = named.slice(0, SHOWN).join(", ") + (named.length > SHOWN ? ", …" : "");
  const [fr, en] = list === "" ? ["", ""] : [` ; ou mettre à jour ${list}`, `; or update ${list}`];
  return {
    fr: `importer la liste CVE ou les données de NVD (douane vulns import FICHIER…)${fr}`,
    en: `import the CVE List or NVD's data (\`douane vulns import FILE…\`)${en}`,
  };
}

/** What the builder says is in the image, and nothing in it shows. */
export function statedDoubts(stated: readonly PackageVulnerability[]): readonly Doubt[] {
  if (stated.length === 0) return [];
  return [
    {
      reason: {
        fr: `seul le SBOM de l'image le déclare : ${listOf(stated)}`,
        en: `only the image's SBOM states it: ${listOf(stated)}`,
      },
      settle: {
        fr: "mettre ce paquet à jour, ou le retirer du SBOM si l'image ne le contient pas",
        en: "update it, or leave it out of the SBOM if the image does not hold it",
      },
    },
  ];
}

function listOf(all: readonly PackageVulnerability[]): string {
  const names = all
    .slice(0, SHOWN)
    .map(
      ({ finding, name, version }) =>
        `${excerpt(finding.id)} (${`${excerpt(name)} ${excerpt(version)}`.trim()})`,
    );
  return names.join(", ") + (all.length > SHOWN ? `, … (${all.length})` : "");
}
