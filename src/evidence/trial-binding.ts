import type { Text } from "../contract/text.ts";
import type { TrialSubject } from "../contract/trial-facts.ts";
import { quoted } from "../rules/quoted.ts";

/** Whether a trial's observations count for a container; if not, the first difference, in words. */
export type Binding = { readonly bound: true } | { readonly bound: false; readonly difference: Text };

/**
 * A trial counts only for the image, effective command, variables and mounts that it ran with.
 * Names and mounts are compared as sets.
 */
export function boundTo(trial: TrialSubject, subject: TrialSubject): Binding {
  const difference =
    otherValue("image", trial.imageId, subject.imageId) ??
    otherValue("platform", trial.platform, subject.platform) ??
    otherCommand(trial.argv, subject.argv) ??
    otherNames("env", trial.envNames, subject.envNames) ??
    otherNames("mounts", trial.mounts, subject.mounts);
  return difference === undefined ? { bound: true } : { bound: false, difference };
}

/** A file that was handed in can name any number of variables. */
const SHOWN = 20;

const WHAT = {
  image: { fr: "l'image", en: "the image" },
  platform: { fr: "la plateforme", en: "the platform" },
  env: { fr: "les variables d'environnement", en: "the environment variables" },
  mounts: { fr: "les montages", en: "the mounts" },
} as const satisfies Record<string, Text>;

function otherValue(what: keyof typeof WHAT, tried: string, judged: string): Text | undefined {
  if (tried === judged) return undefined;
  const [a, b] = [quoted(tried), quoted(judged)];
  return {
    fr: `l'essai porte sur ${WHAT[what].fr} ${a}, et non ${b}`,
    en: `the trial is about ${WHAT[what].en} ${a}, not ${b}`,
  };
}

function otherCommand(tried: readonly string[], judged: readonly string[]): Text | undefined {
  if (tried.length === judged.length && tried.every((word, index) => word === judged[index]))
    return undefined;
  const [a, b] = [tried, judged].map((words) => quoted(words.join(" ")));
  return {
    fr: `l'essai a lancé « ${a} », et non « ${b} »`,
    en: `the trial ran \`${a}\`, not \`${b}\``,
  };
}

function otherNames(
  what: "env" | "mounts",
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
  return `${names.slice(0, SHOWN).map(quoted).join(", ")}${names.length > SHOWN ? "…" : ""}`;
}
