import { daysLeft, endsSoon } from "../../contract/acceptance-use.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { AcceptedVulnerability } from "../../contract/vulnerability-acceptance.ts";
import { VULNERABILITY_LEVELS } from "../../contract/vulnerability-facts.ts";
import { type LiftingVex, liftingVex } from "./lifting-vex.ts";
import type { PackageVulnerability } from "./same-package.ts";
import { LEVEL_WORDS } from "./vulnerability-words.ts";

const SHOWN = 8;

/**
 * Notes about findings that do not block: updates a team can make first, updates of the base, and findings
 * without a fix.
 */
export function reportedNotes(id: RuleId, reported: readonly PackageVulnerability[]): readonly Finding[] {
  const lifted = reported.flatMap((one): readonly Lifted[] => {
    const by = liftingVex(one.finding);
    return by === undefined ? [] : [{ one, by }];
  });
  const others = reported.filter(({ finding }) => liftingVex(finding) === undefined);
  const denied = others.filter(isNotAffected);
  const standing = others.filter((one) => !isNotAffected(one));
  const fixable = standing.filter(({ finding }) => finding.fixedIn.length > 0);
  const ofBase = fixable.filter(({ finding }) => finding.component.ofBase === true);
  const own = fixable.filter((one) => !ofBase.includes(one));
  const rest = standing.filter((one) => !fixable.includes(one));
  return [
    ...noteOf(id, "fixable", own, {
      fr: "vulnérabilités sous le niveau critique, à corriger",
      en: "vulnerabilities below critical, to be fixed",
    }),
    ...noteOf(id, "base", ofBase, {
      fr: "vulnérabilités sous le niveau critique qu'une image de base plus récente retire",
      en: "vulnerabilities below critical that a newer base image removes",
    }),
    ...noteOf(id, "unfixed", rest, {
      fr: "vulnérabilités sous le niveau critique sans version corrigée",
      en: "vulnerabilities below critical without a fixed version",
    }),
    ...noteOf(id, "vex", denied, {
      fr: "vulnérabilités sous le niveau critique écartées par des déclarations VEX",
      en: "vulnerabilities below critical set aside by VEX statements",
    }),
    ...liftedNote(id, lifted),
  ];
}

/** Note that names findings lifted by signed VEX statements, with signer and reason. */
function liftedNote(id: RuleId, lifted: readonly Lifted[]): readonly Finding[] {
  if (lifted.length === 0) return [];
  const shown = lifted.slice(0, SHOWN).map(({ one: { finding, name, version }, by }) => {
    const reasons = [by.justification ?? by.status, by.signer].map(excerpt).join(", ");
    return `${excerpt(finding.id)}, ${excerpt(name)} ${excerpt(version)} (${reasons})`;
  });
  const list = [...shown, ...(lifted.length > SHOWN ? ["…"] : [])];
  return [
    {
      message: {
        fr: `vulnérabilités levées par des déclarations VEX signées (${lifted.length}) : ${list.join(" ; ")}`,
        en: `vulnerabilities lifted by signed VEX statements (${lifted.length}): ${list.join("; ")}`,
      },
      fingerprint: fingerprint(id, "vex-signed"),
    },
  ];
}

interface Lifted {
  readonly one: PackageVulnerability;
  readonly by: LiftingVex;
}

/** Whether the latest VEX statement denies the finding. */
function isNotAffected({ finding: { vex: [latest] = [] } }: PackageVulnerability): boolean {
  return latest?.status === "not_affected" || latest?.status === "fixed";
}

function noteOf(
  id: RuleId,
  what: string,
  all: readonly PackageVulnerability[],
  says: Text,
): readonly Finding[] {
  if (all.length === 0) return [];
  const levels = VULNERABILITY_LEVELS.flatMap((level) => {
    const count = all.filter(({ finding }) => finding.severity.level === level).length;
    return count === 0 ? [] : [{ count, word: LEVEL_WORDS[level] }];
  });
  const packages = packagesOf(all);
  const counts = (lang: Lang) => levels.map(({ count, word }) => `${count} ${word[lang]}`).join(", ");
  return [
    {
      message: {
        fr: `${says.fr} : ${all.length} (${counts("fr")}), ${packages}`,
        en: `${says.en}: ${all.length} (${counts("en")}), ${packages}`,
      },
      fingerprint: fingerprint(id, what),
    },
  ];
}

/** Packages as `openssl 3.5.7 → 3.5.9 (5)`: the update that fixes most first. */
function packagesOf(all: readonly PackageVulnerability[]): string {
  const groups = [...Map.groupBy(all, ({ name, version }) => `${excerpt(name)} ${excerpt(version)}`.trim())];
  const sorted = groups.toSorted(([, a], [, b]) => b.length - a.length);
  const shown = sorted.slice(0, SHOWN).map(([name, of]) => {
    const fixes = new Set(of.flatMap(({ finding }) => finding.fixedIn.slice(0, 1)));
    const [fix] = fixes;
    const repaired = fixes.size === 1 && fix !== undefined ? ` → ${excerpt(fix)}` : "";
    return `${name}${repaired} (${of.length})`;
  });
  return shown.join(", ") + (sorted.length > SHOWN ? ", …" : "");
}

/** Acceptance, with the findings that it applies to. */
export interface UsedAcceptance {
  readonly acceptance: AcceptedVulnerability;
  readonly used: readonly PackageVulnerability[];
  /** Set if the acceptance also names findings that it cannot lift. */
  readonly inVain: boolean;
}

/** One note per acceptance, with its author and expiry date. */
export function acceptanceNotes(id: RuleId, all: readonly UsedAcceptance[], at: string): readonly Finding[] {
  return all.map(({ acceptance, inVain }) => {
    const { id: name, purl, reason, author, expires } = acceptance;
    const days = daysLeft(acceptance, at.slice(0, expires.length));
    const soon = endsSoon(days);
    const what = `${excerpt(name)} (${excerpt(purl)})`;
    const until = soon
      ? { fr: `jusqu'au ${expires}, encore ${days} jours`, en: `until ${expires}, ${days} more days` }
      : { fr: `jusqu'au ${expires}`, en: `until ${expires}` };
    const who = {
      fr: `${excerpt(reason)} (${excerpt(author)}, ${until.fr})`,
      en: `${excerpt(reason)} (${excerpt(author)}, ${until.en})`,
    };
    return {
      message: inVain
        ? {
            fr: `${what} : l'acceptation de la plateforme ne lève pas ce qui est critique, exploité ou malveillant : ${who.fr}`,
            en: `${what}: the platform's acceptance does not lift what is critical, exploited or malware: ${who.en}`,
          }
        : {
            fr: `${what} : acceptée par la plateforme : ${who.fr}`,
            en: `${what}: accepted by the platform: ${who.en}`,
          },
      fingerprint: fingerprint(id, "accepted", name, purl),
    };
  });
}
