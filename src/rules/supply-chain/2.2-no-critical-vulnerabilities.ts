// No critical vulnerability (contract 2.2): "la plateforme … bloque les images contenant des vulnérabilités critiques".
//
// The packages of an image are compared with this machine's vulnerability data. Known malware and
// vulnerabilities known to be exploited block whatever their rating. An absence of findings proves nothing if
// the data are old, cover no advisories of an ecosystem, or if a release is no longer supported.

import type { Finding, FoundVulnerability, Place } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { joinedTexts } from "../../contract/joined-texts.ts";
import type { JudgingFacts } from "../../contract/judging-facts.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { isAbout } from "../../contract/vulnerability-acceptance.ts";
import type { ExtendedSupport, VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";
import { dataAge } from "./data-age.ts";
import type { Doubt } from "./doubt.ts";
import { doubtsOf } from "./doubts.ts";
import { exploitedNotes } from "./exploited-lists.ts";
import { gateAnswer } from "./gate.ts";
import { liftingVex } from "./lifting-vex.ts";
import { statedDoubts } from "./open-doubts.ts";
import { acceptanceNotes, reportedNotes, type UsedAcceptance } from "./reported.ts";
import { byPackage, type PackageVulnerability } from "./same-package.ts";
import { remedyText, vulnerabilityText } from "./vulnerability-words.ts";

const ID = "2.2-no-critical-vulnerabilities";
const ECOSYSTEMS_SHOWN = 6;

export const noCriticalVulnerabilities = defineRule({
  id: ID,
  rows: ["sbom"],
  title: {
    fr: "L'image ne contient pas de vulnérabilité critique, exploitée ou malveillante connue",
    en: "The image contains no known critical or exploited vulnerability, and no known malware",
  },
  why: {
    fr: "La plateforme bloque les images qui contiennent des vulnérabilités critiques : une seule suffit à un attaquant.",
    en: "The platform blocks images that contain critical vulnerabilities: each of them is enough for an attacker.",
  },
  remedy: {
    fr: "Passer le paquet à la version corrigée, ou reconstruire sur une image de base plus récente.",
    en: "Update the package to the fixed version, or rebuild on a newer base image.",
  },
  needs: ["vulnerabilities", "judging"],
  uses: ["image"],
  check({ vulnerabilities, judging, image }) {
    const all = byPackage(vulnerabilities.findings);
    const answers = all.map((one) => ({ one, answer: gateAnswer(one.finding, judging) }));
    const of = (kind: "blocks" | "open" | "reported") =>
      answers.filter(({ answer }) => answer.kind === kind).map(({ one }) => one);
    const isFirm = ({ answer }: (typeof answers)[number]) =>
      answer.kind === "blocks" || (answer.kind === "open" && answer.firm === true);
    const [firm, liftable] = [answers.filter(isFirm), answers.filter((each) => !isFirm(each))];
    const used = usedAcceptances(
      firm.map(({ one }) => one),
      liftable.map(({ one }) => one),
      judging,
    );
    const accepted = new Set(used.flatMap((one) => one.used));
    const standing = (list: readonly PackageVulnerability[]) => list.filter((one) => !accepted.has(one));
    const reported = of("reported");
    const notes = [
      ...reportedNotes(ID, standing(reported)),
      ...(reported.length === 0 ? [] : exploitedNotes(ID, vulnerabilities, judging)),
      ...(vulnerabilities.extendedSupport ?? []).map(extendedNote),
      ...acceptanceNotes(ID, used, judging.at),
    ];
    const findings = of("blocks")
      .filter(isSeen)
      .map((one) => ({
        message: vulnerabilityText(one),
        remedy: remedyText(one),
        fingerprint: fingerprint(ID, one.finding.id, one.name, one.version),
        ...placeOf(one, image),
        vulnerability: vulnerabilityOf(one),
      }));
    const open = standing(of("open"));
    const stated = [...of("blocks"), ...open].filter((one) => !isSeen(one));
    const doubts = [...doubtsOf(vulnerabilities, open.filter(isSeen), judging), ...statedDoubts(stated)];
    return outcomeOf(
      { findings, ...(notes.length === 0 ? {} : { notes }) },
      doubts.length === 0
        ? proof(vulnerabilities, judging, reported)
        : unproven(doubts, open.length + stated.length > 0),
    );
  },
});

function extendedNote({ product, cycle, until, source }: ExtendedSupport): Finding {
  const what = `${excerpt(product)} ${excerpt(cycle)}`;
  return {
    message: {
      fr: `${what} n'est plus maintenu que par son support étendu (LTS), jusqu'au ${until} (${excerpt(source)})`,
      en: `${what} is maintained by its extended support (LTS) alone, until ${until} (${excerpt(source)})`,
    },
    remedy: {
      fr: "Prévoir une image de base d'une version maintenue.",
      en: "Plan for a base image of a maintained release.",
    },
    fingerprint: fingerprint(ID, "extended-support", product, cycle),
  };
}

/** Whether the image's files declare the package; false if only its SBOM does. */
function isSeen({ finding }: PackageVulnerability): boolean {
  return finding.component.onlyStated !== true;
}

function usedAcceptances(
  blocking: readonly PackageVulnerability[],
  others: readonly PackageVulnerability[],
  { acceptedVulnerabilities = [], at }: JudgingFacts,
): readonly UsedAcceptance[] {
  const counting = acceptedVulnerabilities.filter(({ expires }) => expires >= at.slice(0, expires.length));
  return counting.flatMap((acceptance) => {
    const used = others.filter(({ finding }) => isAbout(acceptance, finding));
    const inVain = blocking.some(({ finding }) => isAbout(acceptance, finding));
    return used.length > 0 || inVain ? [{ acceptance, used, inVain }] : [];
  });
}

function unproven(doubts: readonly Doubt[], isOpen: boolean): Outcome {
  const settles = doubts.flatMap(({ settle }) => settle ?? []);
  return {
    status: "unproven",
    reason: joinedTexts(doubts.map(({ reason }) => reason)),
    ...(settles.length === 0 ? {} : { settle: joinedTexts(settles) }),
    ...(isOpen ? { doubtful: true } : {}),
  };
}

function proof(
  facts: VulnerabilityFacts,
  judging: JudgingFacts,
  reported: readonly PackageVulnerability[],
): Text {
  const { compared, inert, sources } = facts;
  const count = compared.reduce((sum, { components }) => sum + components, 0);
  const list = compared
    .slice(0, ECOSYSTEMS_SHOWN)
    .map(({ ecosystem, components }) => `${excerpt(ecosystem)} ${components}`)
    .join(", ");
  const more = compared.length > ECOSYSTEMS_SHOWN ? ", …" : "";
  const { date } = dataAge(facts, judging);
  const names = speakingFirst(sources, compared)
    .slice(0, ECOSYSTEMS_SHOWN)
    .map(({ name }) => excerpt(name))
    .join(", ");
  const others = sources.length > ECOSYSTEMS_SHOWN ? ", …" : "";
  const without = {
    fr: inert === 0 ? "" : `, sans compter ${inert} d'en-têtes ou de documentation`,
    en: inert === 0 ? "" : `, not counting ${inert} of headers or documentation`,
  };
  const lifted = reported.filter(({ finding }) => liftingVex(finding) !== undefined).length;
  const besides = {
    fr: lifted === 0 ? "" : ` (hors ${lifted} que des déclarations VEX signées lèvent)`,
    en: lifted === 0 ? "" : ` (besides ${lifted} that signed VEX statements lift)`,
  };
  const [what, those] = count === 1 ? ["paquet comparé", "package"] : ["paquets comparés", "packages"];
  return {
    fr: `${count} ${what} (${list}${more})${without.fr} aux données du ${date} (${names}${others}) : aucune vulnérabilité critique ni exploitée${besides.fr}, aucun logiciel malveillant`,
    en: `${count} ${those} compared (${list}${more})${without.en} with the data of ${date} (${names}${others}): no critical or exploited vulnerability${besides.en}, no malware`,
  };
}

/** Sources, sorted so that sources that cover the compared packages come first, and `…` never hides them. */
function speakingFirst(
  sources: VulnerabilityFacts["sources"],
  compared: VulnerabilityFacts["compared"],
): VulnerabilityFacts["sources"] {
  const families = new Set(compared.map(({ ecosystem }) => familyOf(ecosystem)));
  const rank = ({ ecosystems }: (typeof sources)[number]) =>
    Object.keys(ecosystems).some((one) => families.has(familyOf(one))) ? 0 : 1;
  return sources.toSorted((a, b) => rank(a) - rank(b));
}

/** Ecosystem without its release: `Debian` for `Debian:13`. */
function familyOf(ecosystem: string): string {
  const [family = ecosystem] = ecosystem.split(":");
  return family;
}

function vulnerabilityOf({ finding }: PackageVulnerability): FoundVulnerability {
  const { id, severity, exploited, isMalware } = finding;
  return {
    id,
    level: severity.level,
    ...(exploited.length === 0 ? {} : { isExploited: true }),
    ...(isMalware === true ? { isMalware } : {}),
  };
}

function placeOf(
  { finding: { component } }: PackageVulnerability,
  image: ImageFacts | undefined,
): { readonly at?: Place } {
  const { path, inside, layer } = component;
  if (path === undefined) return {};
  const summary = layer === undefined ? undefined : image?.layers[layer];
  const place = inside === undefined ? path : `${path}!/${inside}`;
  return {
    at: { path: place, ...(summary === undefined ? {} : { layer: summary.digest ?? summary.diffId }) },
  };
}
