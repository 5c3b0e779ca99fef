import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { TrialSubject, TrialUser } from "../contract/trial-subject.ts";

/** Whether a trial's observations count for a container; if not, the first difference, in words. */
export type Binding = { readonly bound: true } | { readonly bound: false; readonly difference: Text };

/**
 * A trial counts only for the image and process that it ran: effective command, working directory,
 * user, groups and capabilities, with the same variables and mounts. Lists of names are compared as sets.
 */
export function boundTo(trial: TrialSubject, subject: TrialSubject): Binding {
  const difference =
    otherValue("image", trial.imageId, subject.imageId) ??
    otherValue("platform", trial.platform, subject.platform) ??
    otherCommand(trial.argv, subject.argv) ??
    otherDirectory(trial.cwd, subject.cwd) ??
    otherUser(trial.user, subject.user) ??
    otherGroups(trial.user, subject.user) ??
    otherNames("capabilities", trial.capabilities, subject.capabilities) ??
    otherNames("env", trial.envNames, subject.envNames) ??
    otherNames("mounts", trial.mounts, subject.mounts);
  return difference === undefined ? { bound: true } : { bound: false, difference };
}

/** A file that was handed in can name any number of variables. */
const SHOWN = 20;

const WHAT = {
  image: { fr: "l'image", en: "the image" },
  platform: { fr: "la plateforme", en: "the platform" },
  capabilities: { fr: "les capacités", en: "the capabilities" },
  env: { fr: "les variables d'environnement", en: "the environment variables" },
  mounts: { fr: "les montages", en: "the mounts" },
} as const satisfies Record<string, Text>;

function otherValue(what: keyof typeof WHAT, tried: string, judged: string): Text | undefined {
  if (tried === judged) return undefined;
  const [a, b] = [excerpt(tried), excerpt(judged)];
  return {
    fr: `l'essai porte sur ${WHAT[what].fr} ${a}, et non ${b}`,
    en: `the trial is about ${WHAT[what].en} ${a}, not ${b}`,
  };
}

function otherCommand(tried: readonly string[], judged: readonly string[]): Text | undefined {
  if (tried.length === judged.length && tried.every((word, index) => word === judged[index]))
    return undefined;
  const [a, b] = [tried, judged].map((words) => excerpt(words.join(" ")));
  return {
    fr: `l'essai a lancé « ${a} », et non « ${b} »`,
    en: `the trial ran \`${a}\`, not \`${b}\``,
  };
}

function otherDirectory(tried: string, judged: string): Text | undefined {
  if (tried === judged) return undefined;
  const [a, b] = [excerpt(tried), excerpt(judged)];
  return {
    fr: `l'essai a démarré dans le répertoire ${a}, et non ${b}`,
    en: `the trial started in the directory ${a}, not ${b}`,
  };
}

function otherUser({ runAs: tried }: TrialUser, { runAs: judged }: TrialUser): Text | undefined {
  if (tried === judged) return undefined;
  const [a, b] = [excerpt(tried), excerpt(judged)];
  return {
    fr: `l'essai s'est exécuté sous l'utilisateur ${a}, et non ${b}`,
    en: `the trial ran as the user ${a}, not ${b}`,
  };
}

/** Groups that come from the manifest: the image id fixes the others. */
function otherGroups(tried: TrialUser, judged: TrialUser): Text | undefined {
  const [a, b] = [groupsText(tried), groupsText(judged)];
  if (a === b) return undefined;
  const said = (none: string): readonly string[] => [a, b].map((text) => excerpt(text === "" ? none : text));
  return {
    fr: `les groupes de l'essai diffèrent : ${said("aucun de plus que l'image").join(", et non ")}`,
    en: `the groups of the trial differ: ${said("none but the image's").join(", not ")}`,
  };
}

function groupsText(user: TrialUser): string {
  const { runAsGroup, fsGroup, supplementalGroups, supplementalGroupsPolicy: policy } = user;
  const ids = [...new Set(supplementalGroups)].toSorted((a, b) => a - b).join(" ");
  return [
    ...(runAsGroup === undefined ? [] : [`runAsGroup ${runAsGroup}`]),
    ...(fsGroup === undefined ? [] : [`fsGroup ${fsGroup}`]),
    ...(ids === "" ? [] : [`supplementalGroups ${ids}`]),
    ...(policy === undefined ? [] : [`supplementalGroupsPolicy ${policy}`]),
  ].join(", ");
}

function otherNames(
  what: "capabilities" | "env" | "mounts",
  tried: readonly string[],
  judged: readonly string[],
): Text | undefined {
  const added = judged.filter((name) => !tried.includes(name));
  const removed = tried.filter((name) => !judged.includes(name));
  if (added.length === 0 && removed.length === 0) return undefined;
  const fr = [
    ...(added.length === 0 ? [] : [`sans ${listed(added)}`]),
    ...(removed.length === 0 ? [] : [`avec ${listed(removed)} en plus`]),
  ];
  const en = [
    ...(added.length === 0 ? [] : [`without ${listed(added)}`]),
    ...(removed.length === 0 ? [] : [`with ${listed(removed)} added`]),
  ];
  return {
    fr: `${WHAT[what].fr} de l'essai diffèrent : ${fr.join(", ")}`,
    en: `${WHAT[what].en} of the trial differ: ${en.join(", ")}`,
  };
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, SHOWN).map(excerpt).join(", ")}${names.length > SHOWN ? "…" : ""}`;
}
