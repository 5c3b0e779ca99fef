import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { type Observed, observed } from "./observed.ts";
import type { PhaseRun } from "./phase-run.ts";

/** Suffixes that a pod's resolv.conf appends to names. */
const SEARCHED = /\.(?:(?:default\.)?svc\.)?cluster\.local$/;
const SHOWN = 5;

/** Services outside the container that the application did not reach, or may not have reached. */
export interface MissingDependencies {
  /** The missing services, as part of a sentence. */
  readonly what: Text;
  readonly settle: Text;
}

/**
 * @param services Services whose variables gave the application their addresses, if any
 * @param needless hosts without which the application works
 */
export function missingDependencies(
  { observations, exit }: PhaseRun,
  services: NonNullable<TrialFacts["services"]> = [],
  needless: readonly string[] = [],
): MissingDependencies | undefined {
  const byAddress = new Map(services.map(({ name, address }) => [address, name]));
  // Each name is looked up as written, and with each suffix of the search list.
  const searched = needless.flatMap((host) => [host, `${host}.cluster.local`]);
  const without = new Set(searched.map((host) => host.replace(SEARCHED, "")));
  const questions = observed(observations, "dns");
  // A headless Service of the pod itself gets its address once the pod is ready.
  const answered = new Set(questions.filter((one) => one.answered).map(({ name }) => name));
  const asked = questions
    .filter((one) => !one.answered && !answered.has(one.name))
    .map(({ name }) => name.replace(SEARCHED, ""))
    .filter((name) => !without.has(name));
  const calls = observed(observations, "connect");
  const called = calls
    .filter(({ served, own }) => served !== true && own !== true)
    .filter(({ dependency, address }) => !without.has(dependency?.replace(SEARCHED, "") ?? address));
  const silent = called.flatMap(({ dependency, port }) =>
    dependency === undefined ? [] : `${dependency}:${port}`,
  );
  const others = called.filter(({ dependency }) => dependency === undefined);
  const names = [...asked, ...others.flatMap(({ address }) => byAddress.get(address) ?? [])];
  const addresses = others
    .filter(({ address }) => !byAddress.has(address))
    .map(({ address, port }) => `${address.includes(":") ? `[${address}]` : address}:${port}`);
  // If two containers ended during their start, the first one did not end because of the second.
  const endedAt = exit?.by === "itself" ? exit.ms : Number.POSITIVE_INFINITY;
  const otherContainers = observed(observations, "other-container").filter(({ ms }) => ms <= endedAt);
  const outside = [...names, ...silent, ...addresses];
  if (outside.length === 0)
    return otherContainers.length === 0 ? unreadyServices(calls) : missingContainers(otherContainers);
  const list = shown([...outside, ...otherContainers.map(({ container }) => container)]);
  return {
    what: { fr: `dépendance absente de l'essai : ${list}`, en: `missing dependency ${list}` },
    settle: settle({ names: shown(names), silent: shown(silent), addresses: shown(addresses) }),
  };
}

/**
 * Services that choose the pod itself, and that were called in vain before the pod was ready, and never later;
 * undefined if there are none.
 */
function unreadyServices(calls: readonly Observed<"connect">[]): MissingDependencies | undefined {
  const own = calls.filter((one) => one.own === true);
  const reached = new Set(own.filter(({ served }) => served === true).map(({ address }) => address));
  const unready = own.filter(({ address }) => !reached.has(address));
  if (unready.length === 0) return undefined;
  const list = shown(unready.map(({ dependency = "", port }) => `${dependency}:${port}`));
  return {
    what: {
      fr: `le Service du pod lui-même ne mène qu'à des pods prêts, et celui-ci ne l'était pas : ${list}`,
      en: `the pod's own Service leads to ready pods only, and this pod was not ready: ${list}`,
    },
    settle: {
      fr: "Appeler 127.0.0.1 dans le pod plutôt que son propre Service, ou ne pas faire dépendre la readinessProbe de cet appel, ou écrire « publishNotReadyAddresses: true » dans le Service.",
      en: "Call 127.0.0.1 within the pod rather than its own Service, or do not let the readinessProbe depend on this call, or write `publishNotReadyAddresses: true` in the Service.",
    },
  };
}

/** Missing containers; those that were absent come before those that had moved to another port. */
function missingContainers(otherContainers: readonly Observed<"other-container">[]): MissingDependencies {
  const gone = otherContainers.filter(({ was }) => was !== "moved");
  const list = shown((gone.length > 0 ? gone : otherContainers).map(({ container }) => container));
  return gone.length > 0
    ? {
        what: {
          fr: `dépendance possible en panne dans le même pod : ${list}`,
          en: `a possible dependency in the same pod did not work: ${list}`,
        },
        settle: {
          fr: `Régler d'abord ce que l'essai dit du conteneur ${list} du même pod.`,
          en: `First resolve what the trial reports about the container ${list} of the same pod.`,
        },
      }
    : {
        what: {
          fr: `dépendance possible dans le même pod, passée au port de la seconde réplique : ${list}`,
          en: `a possible dependency in the same pod moved to the second replica's port: ${list}`,
        },
        settle: {
          fr: `Pour l'essai, garder son port à ${list} : écrire « replica: { variable: NONE } » dans trial.containers (douane.yaml).`,
          en: `For the trial, let ${list} keep its port: write "replica: { variable: NONE }" in trial.containers (douane.yaml).`,
        },
      };
}

function shown(words: readonly string[]): string {
  return [...new Set(words)].slice(0, SHOWN).map(excerpt).join(", ");
}

function settle(missing: Readonly<Record<"names" | "silent" | "addresses", string>>): Text {
  if (missing.names !== "") {
    return {
      fr: `Déclarer ${missing.names} dans trial.dependencies (douane.yaml), avec l'image qui y répond : name, image, env.`,
      en: `Declare ${missing.names} in trial.dependencies (douane.yaml), with the image that answers there: name, image, env.`,
    };
  }
  if (missing.silent !== "") {
    return {
      fr: `La dépendance factice ${missing.silent} accepte les connexions sans rien dire : lui donner une image dans trial.dependencies (douane.yaml).`,
      en: `The fake dependency ${missing.silent} takes connections and says nothing: give it an image in trial.dependencies (douane.yaml).`,
    };
  }
  return {
    fr: `Donner un nom plutôt que l'adresse ${missing.addresses} par une variable (env du manifeste ; pour une image seule, trial.env), et le déclarer dans trial.dependencies (douane.yaml).`,
    en: `Give a name rather than the address ${missing.addresses} by a variable (env of the manifest; for an image alone, trial.env), and declare it in trial.dependencies (douane.yaml).`,
  };
}
