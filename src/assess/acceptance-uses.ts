import type { Accepted } from "../contract/acceptance.ts";
import { type AcceptancePlace, covers } from "../contract/acceptance-scope.ts";
import { type AcceptanceUse, daysLeft } from "../contract/acceptance-use.ts";
import { excerpt } from "../contract/shown.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { Acceptance, Verdict } from "../contract/verdict.ts";
import type { AcceptedVulnerability } from "../contract/vulnerability-acceptance.ts";

/** States of an acceptance, in order of precedence. */
const STATES = ["applied", "elsewhere", "absent", "other-subjects"] as const;

type State = (typeof STATES)[number];

/** Maximum number of names in a sentence that counts the others. */
const SHOWN = 3;

/**
 * Effect of the policy's acceptances over all verdicts of a run: an acceptance without effect is a mistake or
 * obsolete.
 */
export class AcceptanceUses {
  readonly #accepted: Accepted;
  readonly #states = new Map<Acceptance, State>();

  constructor(accepted: Accepted) {
    this.#accepted = accepted;
  }

  /** @param places judged places: the subject as a whole, and each of its containers */
  saw(verdict: Verdict, places: readonly AcceptancePlace[]): void {
    const { acceptances } = this.#accepted;
    if (acceptances.length === 0) return;
    const applied = new Set(verdict.rows.flatMap((row) => row.notes.map(({ accepted }) => accepted)));
    const found = new Set(verdict.rows.flatMap((row) => row.findings.map(({ fingerprint }) => fingerprint)));
    for (const acceptance of acceptances) {
      const isNear = places.some((place) => covers(acceptance, place));
      const state = applied.has(acceptance)
        ? "applied"
        : found.has(acceptance.fingerprint)
          ? "elsewhere"
          : isNear
            ? "absent"
            : "other-subjects";
      const before = this.#states.get(acceptance);
      this.#states.set(acceptance, STATES.find((one) => one === state || one === before) ?? state);
    }
  }

  get uses(): readonly AcceptanceUse[] {
    const { acceptances, today } = this.#accepted;
    return acceptances.map((acceptance) => {
      const days = daysLeft(acceptance, today);
      const state = days < 0 ? "expired" : (this.#states.get(acceptance) ?? "other-subjects");
      return { acceptance, state, daysLeft: days };
    });
  }
}

/**
 * Texts about acceptances that are valid but had no effect. A platform has one policy for many teams, so
 * acceptances for other subjects are counted, not listed.
 */
export function idleAcceptances(all: readonly AcceptanceUse[]): readonly Text[] {
  const uses = all.filter(({ acceptance }) => !OF_DOCKERFILE.test(acceptance.fingerprint));
  const never = all.filter((use) => !uses.includes(use) && use.state !== "expired");
  const of = (state: State) => uses.filter((use) => use.state === state).map(({ acceptance }) => acceptance);
  const applied = new Set(of("applied").map(({ fingerprint }) => fingerprint));
  const misplaced = Map.groupBy(of("elsewhere"), ({ fingerprint }) => fingerprint);
  const others = of("other-subjects");
  return [
    ...[...misplaced].flatMap(([name, entries]) => (applied.has(name) ? [] : [elsewhere(name, entries)])),
    ...of("absent").map(absent),
    ...(others.length === 0 ? [] : [otherSubjects(others)]),
    ...(never.length === 0 ? [] : [ofDockerfiles(never.map(({ acceptance }) => acceptance))]),
  ];
}

/**
 * Sentence about acceptances of vulnerabilities that no image needed: their number, and the name of the first
 * acceptance.
 */
export function idleVulnerabilityAcceptances(idle: readonly AcceptedVulnerability[]): readonly Text[] {
  const [first] = idle;
  if (first === undefined) return [];
  const example = `${excerpt(first.id)}, ${excerpt(first.purl)}${idle.length > 1 ? ", …" : ""}`;
  return [
    {
      fr: `politique : acceptations de vulnérabilités sans usage ici : ${idle.length} (${example}) ; retirer celles dont plus aucune image n'a besoin.`,
      en: `policy: acceptances of vulnerabilities without use here: ${idle.length} (${example}); remove those that no image needs any more.`,
    },
  ];
}

/** Findings of the rules that read a Dockerfile. */
const OF_DOCKERFILE = /^\d\.\d-dockerfile-/;

/**
 * Text about acceptances of findings in Dockerfiles. Such acceptances have no effect: the repository's
 * authors choose the paths, and admission sees no Dockerfiles.
 */
function ofDockerfiles(acceptances: readonly Acceptance[]): Text {
  const list = namesOf(acceptances);
  return {
    fr: `politique : les constats d'un Dockerfile ne peuvent pas être acceptés (${list}) : il n'a ni image ni workload auxquels lier l'acceptation. Accepter le constat de l'image qui en est construite, pour son dépôt ou son empreinte.`,
    en: `policy: a Dockerfile's findings cannot be accepted (${list}): it has neither image nor workload to which the acceptance could be bound. Accept the finding of the image that is built of it, for its repository or digest.`,
  };
}

function namesOf(acceptances: readonly Acceptance[]): string {
  const names = [...new Set(acceptances.map(({ fingerprint }) => excerpt(fingerprint)))];
  return names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ", …" : "");
}

function elsewhere(fingerprint: string, acceptances: readonly Acceptance[]): Text {
  const name = excerpt(fingerprint);
  const scopes = acceptances.slice(0, SHOWN).map(scopeText);
  const more = acceptances.length > SHOWN ? ", …" : "";
  const list = (lang: Lang) => scopes.map((scope) => scope[lang]).join(", ") + more;
  return {
    fr: `politique : ${name} n'est accepté que pour ${list("fr")} ; le constat existe ici ailleurs, où il compte.`,
    en: `policy: ${name} is accepted for ${list("en")} only; the finding exists elsewhere here, where it counts.`,
  };
}

function absent(acceptance: Acceptance): Text {
  const [name, scope] = [excerpt(acceptance.fingerprint), scopeText(acceptance)];
  return {
    fr: `politique : l'acceptation de ${name} pour ${scope.fr} ne couvre aucun constat : la retirer si la faute a disparu.`,
    en: `policy: the acceptance of ${name} for ${scope.en} covers no finding: remove it if the mistake is gone.`,
  };
}

function otherSubjects(acceptances: readonly Acceptance[]): Text {
  const list = namesOf(acceptances);
  const count = acceptances.length;
  return count === 1
    ? {
        fr: `politique : l'acceptation de ${list} est liée à une image ou à un workload qui n'est pas jugé ici.`,
        en: `policy: the acceptance of ${list} is bound to an image or a workload that is not judged here.`,
      }
    : {
        fr: `politique : ${count} acceptations sont liées à des images ou à des workloads qui ne sont pas jugés ici (${list}).`,
        en: `policy: ${count} acceptances are bound to images or workloads that are not judged here (${list}).`,
      };
}

function scopeText({ repository, digest, workload }: Acceptance): Text {
  const image = [repository, digest].filter((part) => part !== undefined).map(excerpt);
  const named =
    workload === undefined ? [] : [excerpt(`${workload.namespace}/${workload.kind}/${workload.name}`)];
  const all = [...image, ...named];
  return { fr: all.join(" et "), en: all.join(" and ") };
}
