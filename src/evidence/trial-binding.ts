import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { RawTrial, Reservation } from "../contract/trial-facts.ts";
import type { TrialInputs, TrialSubject, TrialUser } from "../contract/trial-subject.ts";
import { startDirectory } from "../start/entrypoint-and-command.ts";
import { isSameSignal } from "../start/stop-signal.ts";
import { DEFAULT_WAITS } from "../trial/default-waits.ts";
import { ambiguousText, compareInputs, type JudgedInputs } from "./trial/inputs/compare-inputs.ts";
import { compareNeighbours, type Neighbour } from "./trial/inputs/compare-neighbours.ts";
import { slowerStop } from "./trial/stop-times.ts";

/** Whether a trial's observations count for a container; if not, the first difference, in words. */
export type Binding =
  | {
      readonly bound: true;
      /**
       * Inputs of the trial that the manifest does not declare; observations that may depend on them prove
       * nothing.
       */
      readonly reservations: readonly Reservation[];
    }
  | { readonly bound: false; readonly difference: Text };

/** Bound part of a trial, with its settings and the container's lifetime and stop. */
type TriedContainer = TrialSubject & Pick<RawTrial, "settings" | "observations" | "beside">;

/** Subject that a trial must match to count. */
export interface BoundSubject {
  readonly subject: TrialSubject;
  /**
   * Inputs to compare; absent if manifest and trial were stored together, which makes a comparison needless.
   */
  readonly inputs?: JudgedInputs;
  /** Other containers of the pod; absent if `inputs` is absent. */
  readonly neighbours?: readonly Neighbour[];
  readonly stopSignal: string;
  /** Primary group that the image gives its user; absent if the image's accounts are unknown. */
  readonly imageGroup?: number;
  /** Whether two users, each a uid or a name, are one account of the image; absent if its accounts are unknown. */
  readonly isSameAccount?: (one: string, other: string) => boolean;
  /** Lifetime of the container; absent for an image without a manifest, whose settings decide. */
  readonly lifetime?: "server" | "batch";
  /** Grace period in milliseconds (terminationGracePeriodSeconds); absent for an image alone. */
  readonly graceMs?: number;
}

/**
 * Binds a trial to the image and process that it ran: effective command, working directory, user, groups and
 * capabilities, with the same variables, files and mounts, by value. Lists of names are compared as sets.
 */
export function boundTo(
  trial: TriedContainer,
  { inputs, neighbours = [], graceMs, ...judged }: BoundSubject,
): Binding {
  const { inputs: tried } = trial;
  if (tried === undefined) return { bound: false, difference: OLDER };
  const difference = otherProcess(withoutAdditions(trial, tried, judged.subject), judged);
  if (difference !== undefined) return { bound: false, difference };
  const own = [...tried.ambiguous.map(ambiguousText), ...slowerStop(trial, graceMs), ...shortLook(trial)];
  if (inputs === undefined) return { bound: true, reservations: own };
  const compared = compareInputs(tried, inputs);
  if ("difference" in compared) return { bound: false, difference: compared.difference };
  const beside = compareNeighbours(trial, neighbours);
  return { bound: true, reservations: [...own, ...beside, ...compared.reservations] };
}

/**
 * Difference for a trial that observed the container for a shorter time after the requests than the default.
 */
function shortLook({ settings: { settleMs, lifetime } }: TriedContainer): readonly Text[] {
  const least = DEFAULT_WAITS.settleMs;
  if (lifetime === "batch" || settleMs >= least) return [];
  return [
    {
      fr: `l'essai n'a laissé à l'application que ${settleMs} ms après la dernière requête, et il en faut ${least}`,
      en: `the trial gave the application only ${settleMs} ms after the last request, and ${least} are needed`,
    },
  ];
}

const OLDER: Text = {
  fr: "il est d'une version qui ne liait que les noms des variables et des montages, pas leurs valeurs ; refaire l'essai (douane trial)",
  en: "it is of a version that bound the names of variables and mounts, not their values; try again (douane trial)",
};

/** The trial without variables added by settings, which compareInputs() compares and names. */
function withoutAdditions(
  trial: TriedContainer,
  { given }: TrialInputs,
  subject: TrialSubject,
): TriedContainer {
  const places = new Set(given.map(({ place }) => place));
  const { envNames, mounts } = subject;
  return {
    ...trial,
    envNames: trial.envNames.filter((name) => envNames.includes(name) || !places.has(`env ${name}`)),
    mounts: trial.mounts.filter((path) => {
      return mounts.includes(path) || !(places.has(`mount ${path}`) || places.has(`file ${path}`));
    }),
  };
}

function otherProcess(
  trial: TriedContainer,
  {
    subject,
    stopSignal,
    lifetime,
    imageGroup,
    isSameAccount,
  }: Omit<BoundSubject, "inputs" | "neighbours" | "graceMs">,
): Text | undefined {
  return (
    otherValue("image", trial.imageId, subject.imageId) ??
    otherValue("platform", trial.platform, subject.platform) ??
    otherCommand(trial.argv, subject.argv) ??
    otherDirectory(trial.cwd, subject.cwd) ??
    otherUser(trial.user, subject.user, isSameAccount) ??
    otherGroups(trial.user, subject.user, imageGroup) ??
    otherNames("capabilities", trial.capabilities, subject.capabilities) ??
    otherNames("env", trial.envNames, subject.envNames) ??
    otherNames("mounts", trial.mounts, subject.mounts) ??
    otherSignal(trial.settings.stopSignal, stopSignal) ??
    (lifetime === undefined ? undefined : otherValue("lifetime", trial.settings.lifetime, lifetime))
  );
}

/** Maximum number of variables that are listed: a saved file can contain any number. */
const SHOWN = 20;

const WHAT = {
  image: { fr: "l'image", en: "the image" },
  platform: { fr: "la plateforme", en: "the platform" },
  stopSignal: { fr: "le signal d'arrêt", en: "the stop signal" },
  lifetime: { fr: "la durée de vie", en: "the lifetime" },
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

/** Difference between stop signals, by number: `15` is SIGTERM. */
function otherSignal(tried: string, judged: string): Text | undefined {
  return isSameSignal(tried, judged) ? undefined : otherValue("stopSignal", tried, judged);
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
  if (startDirectory(tried) === startDirectory(judged)) return undefined;
  const [a, b] = [excerpt(tried), excerpt(judged)];
  return {
    fr: `l'essai a démarré dans le répertoire ${a}, et non ${b}`,
    en: `the trial started in the directory ${a}, not ${b}`,
  };
}

function otherUser(
  { runAs: tried }: TrialUser,
  { runAs: judged }: TrialUser,
  isSameAccount: BoundSubject["isSameAccount"] = () => false,
): Text | undefined {
  if (tried === judged || isSameAccount(tried, judged)) return undefined;
  const [a, b] = [excerpt(tried), excerpt(judged)];
  return {
    fr: `l'essai s'est exécuté sous l'utilisateur ${a}, et non ${b}`,
    en: `the trial ran as the user ${a}, not ${b}`,
  };
}

/** Difference between groups that come from the manifest; other groups follow from the image id. */
function otherGroups(tried: TrialUser, judged: TrialUser, ofImage: number | undefined): Text | undefined {
  const a = groupsText(withoutGroup(tried, ofImage));
  const b = groupsText(withoutGroup(judged, ofImage));
  if (a === b) return undefined;
  const said = (none: string): readonly string[] => [a, b].map((text) => excerpt(text === "" ? none : text));
  return {
    fr: `les groupes de l'essai diffèrent : ${said("aucun de plus que l'image").join(", et non ")}`,
    en: `the groups of the trial differ: ${said("none but the image's").join(", not ")}`,
  };
}

/** The user without a runAsGroup that the image gives as well. */
function withoutGroup({ runAsGroup, ...user }: TrialUser, ofImage: number | undefined): TrialUser {
  return runAsGroup === undefined || runAsGroup === ofImage ? user : { ...user, runAsGroup };
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
