import type { Lang, Text } from "../../contract/text.ts";
import type { TrialExecutorFacts } from "../../contract/trial-facts.ts";
import { runcExecutor } from "../../trial/runc/executor.ts";
import type { Context } from "../context.ts";
import { problemsText } from "../trial/executor.ts";

/** What would run a trial here, or what is missing and the exact fix. */
export async function trialFact({ env, signal }: Context, lang: Lang): Promise<string> {
  const found = await runcExecutor(env).capabilities(signal);
  if (!found.available) return `${IMPOSSIBLE[lang]} ${problemsText(found.problems)[lang]}`;
  const { name, version, mode, limits } = found.facts;
  const bounded = limits.memory === "cgroup" ? WITH_CGROUPS : WITHOUT_CGROUPS;
  return `${name} ${version}, ${MODES[mode][lang]}, ${bounded[lang]}`;
}

const IMPOSSIBLE: Text = { fr: "impossible ici.", en: "not possible here." };

const MODES: Readonly<Record<TrialExecutorFacts["mode"], Text>> = {
  root: { fr: "en root", en: "as root" },
  rootless: { fr: "sans root", en: "without root" },
};

const WITH_CGROUPS: Text = {
  fr: "mémoire et processus bornés par les cgroups",
  en: "memory and processes bounded by cgroups",
};

const WITHOUT_CGROUPS: Text = {
  fr: "sans cgroups : mémoire de chaque processus et nombre de processus bornés par rlimit",
  en: "without cgroups: each process's memory and the number of processes bounded by rlimit",
};
