import type { JudgingFacts } from "../../contract/judging-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import {
  type EndOfLifeFacts,
  type ReleaseCycle,
  type UnmatchedComponents,
  type UnmatchedReason,
  type VulnerabilityFacts,
} from "../../contract/vulnerability-facts.ts";
import { dataAge, excerptsOf } from "./data-age.ts";
import type { Doubt } from "./doubt.ts";
import { minimumRecords } from "./minimum-records.ts";
import { GROUPS, openDoubts } from "./open-doubts.ts";
import type { PackageVulnerability } from "./same-package.ts";

const SHOWN = 5;

const UPDATE = {
  fr: "douane vulns update, ou douane vulns import FICHIER…",
  en: "`douane vulns update`, or `douane vulns import FILE…`",
} as const satisfies Text;

const UNMATCHED: Record<UnmatchedReason, (count: number, ecosystem: string) => Text> = {
  type: (count, ecosystem) =>
    unspoken(count, ecosystem) ?? {
      fr: `aucune source de données ne parle de ce type (${ecosystem}), non comparés : ${count}`,
      en: `no feed speaks of this type (${ecosystem}), not compared: ${count}`,
    },
  data: (count, ecosystem) => ({
    fr: `les données ne contiennent rien pour ${ecosystem}, non comparés : ${count}`,
    en: `the data contain nothing about ${ecosystem}, not compared: ${count}`,
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

/**
 * Reason for a program outside package managers: only Bitnami's records cover such programs, about two
 * hundred of them.
 */
function unspoken(count: number, ecosystem: string): Text | undefined {
  if (!ecosystem.startsWith("generic/")) return undefined;
  const name = ecosystem.slice("generic/".length);
  return {
    fr: `les fiches de Bitnami importées ici ne nomment pas ${name}, non comparés : ${count}`,
    en: `Bitnami's records imported here do not name ${name}, not compared: ${count}`,
  };
}

/** Reasons why the facts do not exclude a critical vulnerability. */
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

/** Doubts about ecosystems with only a handful of records. */
function excerptDoubts(facts: VulnerabilityFacts): readonly Doubt[] {
  const excerpts = excerptsOf(facts);
  if (excerpts.length === 0) return [];
  const listed = excerpts
    .slice(0, SHOWN)
    .map(({ ecosystem, records }) => `${excerpt(ecosystem)} ${records} < ${minimumRecords(ecosystem)}`);
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

/** Doubt about a release without maintenance, whose vulnerabilities are no longer examined. */
function endDoubt({ product, cycle, on, source, purl }: EndOfLifeFacts): Doubt {
  const what = `${excerpt(product)} ${excerpt(cycle)}`;
  const since = on === undefined ? { fr: "", en: "" } : { fr: ` depuis le ${on}`, en: ` since ${on}` };
  return {
    reason: {
      fr: `${what} n'est plus maintenu${since.fr} (${excerpt(source)}) : les avis ne paraissent plus, ou plus tous`,
      en: `${what} is no longer maintained${since.en} (${excerpt(source)}): its advisories no longer come, or not all of them`,
    },
    settle:
      purl === undefined
        ? { fr: "une image de base d'une version maintenue", en: "a base image of a maintained release" }
        : { fr: "une version maintenue", en: "a maintained release" },
  };
}

/** Doubts about releases whose maintenance is unknown. */
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
