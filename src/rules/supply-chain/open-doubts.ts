import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { UNCERTAIN_REASONS, type UncertainReason } from "../../contract/vulnerability-facts.ts";
import type { Doubt } from "./doubt.ts";
import { DAYS_TO_RATE } from "./gate.ts";
import type { PackageVulnerability } from "./same-package.ts";

const SHOWN = 5;

export const GROUPS = {
  fr: "mettre à jour ces jars, ou laisser dans l'image un SBOM qui dit leurs groupes (cyclonedx-maven-plugin, cyclonedx-gradle-plugin)",
  en: "update these jars, or leave an SBOM in the image that states their groups (cyclonedx-maven-plugin, cyclonedx-gradle-plugin)",
} as const satisfies Text;

const UNCERTAIN: Record<UncertainReason, Text> = {
  scheme: { fr: "l'ordre des versions n'est pas connu", en: "the order of versions is not known" },
  "installed-version": {
    fr: "la version installée n'est pas lisible",
    en: "the installed version cannot be read",
  },
  "stated-version": {
    fr: "une version de la fiche n'est pas lisible",
    en: "a version of the record cannot be read",
  },
  group: { fr: "le jar ne dit pas son groupe Maven", en: "the jar does not state its Maven group" },
  "nothing-stated": { fr: "la fiche ne dit aucune version", en: "the record states no version" },
  "other-name": {
    fr: "le répertoire porte le nom de ce paquet, son package.json en dit un autre",
    en: "the folder has this package's name, its package.json says another",
  },
  "letter-case": {
    fr: "la fiche écrit ce nom avec des majuscules, que le SBOM peut avoir perdues",
    en: "the record has this name with capital letters, which the SBOM may have lost",
  },
  "enclosing-module": {
    fr: "la fiche est celle du module Go qui l'entoure : le SBOM ne dit pas si c'est un paquet de ce module ou un module à part",
    en: "the record is the enclosing Go module's: the SBOM does not say whether this is a package of it or a module of its own",
  },
  "module-stream": {
    fr: "le flux du module n'est pas dit",
    en: "the module's stream is not stated",
  },
};

/** Doubts about findings that may be critical. */
export function openDoubts(open: readonly PackageVulnerability[]): readonly Doubt[] {
  const unrated = open.filter(({ finding }) => finding.uncertain === undefined);
  const uncertain = UNCERTAIN_REASONS.flatMap((why): readonly Doubt[] => {
    const all = open.filter(({ finding }) => finding.uncertain === why);
    if (all.length === 0) return [];
    const said = UNCERTAIN[why];
    return [
      {
        reason: {
          fr: `impossible de dire si la version est concernée (${said.fr}) : ${listOf(all)}`,
          en: `it is unknown whether the version is affected (${said.en}): ${listOf(all)}`,
        },
        ...(why === "group" ? { settle: GROUPS } : {}),
      },
    ];
  });
  const isDated = ({ finding }: PackageVulnerability) => !Number.isNaN(Date.parse(finding.published ?? ""));
  return [
    ...uncertain,
    ...unratedDoubt(unrated.filter(isDated), {
      fr: `gravité inconnue depuis plus de ${DAYS_TO_RATE} jours`,
      en: `severity unknown for more than ${DAYS_TO_RATE} days`,
    }),
    ...unratedDoubt(
      unrated.filter((one) => !isDated(one)),
      { fr: "gravité et date de publication inconnues", en: "severity and date of publication unknown" },
    ),
  ];
}

function unratedDoubt(unrated: readonly PackageVulnerability[], { fr, en }: Text): readonly Doubt[] {
  if (unrated.length === 0) return [];
  const list = listOf(unrated);
  return [{ reason: { fr: `${fr} : ${list}`, en: `${en}: ${list}` }, settle: settleUnrated(unrated) }];
}

/** Advice: wait for a rating, or update the package, which needs no rating. */
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

/** Doubts about findings in packages that only the builder's SBOM names. */
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
