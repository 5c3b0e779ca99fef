import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { DependencyFailure } from "../contract/trial-dependency.ts";
import { causeAmong } from "./cause-line.ts";
import { endWords } from "./exit-words.ts";
import type { FailedDependency } from "./failed-dependency.ts";
import { linesOf } from "./output-lines.ts";

/** Beginning of a sentence: the dependency, its failure and its last output. */
export function failureWords({ name, image, failure }: FailedDependency): Text {
  const which = `${excerpt(name)} (${excerpt(image)})`;
  const became = FAILED[failure.was](failure);
  const line = causeAmong(linesOf(failure.said ?? ""));
  const said =
    line === undefined
      ? failure.withheld === true
        ? WITHHELD
        : { fr: "", en: "" }
      : { fr: ` ; elle a dit : ${excerpt(line)}`, en: `; it said: ${excerpt(line)}` };
  return {
    fr: `la dépendance ${which} ${became.fr}${said.fr}`,
    en: `the dependency ${which} ${became.en}${said.en}`,
  };
}

const WITHHELD: Text = {
  fr: " ; sa sortie n'est pas montrée, car elle a reçu des valeurs de .env, d'env_file ou de --compose-env",
  en: "; its output is not shown, since it was given values of .env, env_file or --compose-env",
};

const FAILED: Readonly<Record<DependencyFailure["was"], (failure: DependencyFailure) => Text>> = {
  "start-failed": () => ({ fr: "n'a pas pu démarrer", en: "could not start" }),
  "not-ready": () => ({ fr: "n'est pas prête à temps", en: "was not ready in time" }),
  exited: (failure) => {
    if (failure.outOfMemory === true) {
      return { fr: "a été arrêtée, à court de mémoire", en: "was ended, out of memory" };
    }
    // The exit status is unknown: the kernel hides that of a process that changed its user.
    if (failure.code === undefined && failure.signal === undefined)
      return { fr: "s'est arrêtée", en: "ended" };
    const how = endWords(failure);
    return { fr: `s'est arrêtée, ${how.fr}`, en: `ended, ${how.en}` };
  },
};

/** Advice on the setting that helps. */
export function settleFailure({ name, failure }: FailedDependency): Text {
  const which = excerpt(name);
  if (failure.outOfMemory === true) {
    return {
      fr: `Donner plus de mémoire à ${which} : memory dans trial.dependencies (douane.yaml).`,
      en: `Give ${which} more memory: memory in trial.dependencies (douane.yaml).`,
    };
  }
  if (failure.was === "not-ready") {
    return {
      fr: `Corriger ports ou ready de ${which}, ou allonger ready.timeout, dans trial.dependencies (douane.yaml).`,
      en: `Correct ports or ready of ${which}, or raise ready.timeout, in trial.dependencies (douane.yaml).`,
    };
  }
  return {
    fr: `Donner à ${which} ce qui lui manque : env, command ou args dans trial.dependencies (douane.yaml).`,
    en: `Give ${which} what it lacks: env, command or args in trial.dependencies (douane.yaml).`,
  };
}
