import type { Lang, Text } from "../../contract/text.ts";
import type { TrialExecutorFacts } from "../../contract/trial-facts.ts";
import { problemsText } from "../../trial/available-executor.ts";
import { runcExecutor } from "../../trial/runc/executor.ts";
import type { Context } from "../process/context.ts";

/** Executor of trials on this machine, or the missing part with the exact fix. */
export async function trialFact({ env, signal }: Context, lang: Lang): Promise<string> {
  const found = await runcExecutor(env).capabilities(signal);
  if (!found.available) return `${IMPOSSIBLE[lang]} ${problemsText(found.problems)[lang]}`;
  const { name, version, mode, limits } = found.facts;
  const bounded = limits.memory === "cgroup" ? WITH_CGROUPS : WITHOUT_CGROUPS[mode];
  const besides = found.facts.missesBriefCalls === true ? `. ${BRIEF[lang]}` : "";
  return `${name} ${version}, ${MODES[mode][lang]}, ${bounded[lang]}${besides}`;
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

const BRIEF: Text = {
  fr: "Sans ss (iproute2) ou stdbuf (coreutils), les connexions qui se ferment aussitôt ne se voient pas",
  en: "Without ss (iproute2) or stdbuf (coreutils), connections that are closed at once are not visible",
};

/** Limits without cgroups, and how to get cgroups. */
const WITHOUT_CGROUPS: Readonly<Record<TrialExecutorFacts["mode"], Text>> = {
  root: {
    fr: "sans cgroups : seuls la mémoire de chaque processus et le nombre de processus sont bornés, par rlimit. Il y faut les contrôleurs cpu, memory et pids dans /sys/fs/cgroup, inscriptible : hors d'un conteneur, ou dans un conteneur privilégié avec les cgroups de l'hôte.",
    en: "without cgroups: only each process's memory and the number of processes are bounded, by rlimit. They take the controllers cpu, memory and pids in a writable /sys/fs/cgroup: outside of a container, or in a privileged one with the host's cgroups.",
  },
  rootless: {
    fr: "sans cgroups : seuls la mémoire de chaque processus et le nombre de processus sont bornés, par rlimit. Il y faut les cgroups v2 et un systemd de l'utilisateur (en root : loginctl enable-linger UTILISATEUR), ou un service avec Delegate=yes et DelegateSubgroup=.",
    en: "without cgroups: only each process's memory and the number of processes are bounded, by rlimit. Full limits need cgroups v2 and a systemd instance of the user (as root: loginctl enable-linger USER), or a service with Delegate=yes and DelegateSubgroup=.",
  },
};
