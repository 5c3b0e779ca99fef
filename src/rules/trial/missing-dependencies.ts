import type { Text } from "../../contract/text.ts";
import { quoted } from "../quoted.ts";
import type { Life } from "./life.ts";
import { observed } from "./observed.ts";

/** What resolv.conf of a pod appends to names. */
const SEARCHED = /\.(?:(?:default\.)?svc\.)?cluster\.local$/;
const SHOWN = 5;

/** What the application looked for outside its container and did not get, or may not have got. */
export interface MissingDependencies {
  /** Names, then `address:port`, then other containers of its pod, as messages show them. */
  readonly list: string;
  readonly settle: Text;
}

export function missingDependencies({ observations }: Life): MissingDependencies | undefined {
  const names = observed(observations, "dns")
    .filter(({ answered }) => !answered)
    .map(({ name }) => name.replace(SEARCHED, ""));
  const called = observed(observations, "connect");
  const silent = called.flatMap(({ dependency, port }) =>
    dependency === undefined ? [] : `${dependency}:${port}`,
  );
  const addresses = called
    .filter(({ dependency }) => dependency === undefined)
    .map(({ address, port }) => `${address.includes(":") ? `[${address}]` : address}:${port}`);
  const companions = observed(observations, "companion").map(({ container }) => container);
  const all = shown([...names, ...silent, ...addresses, ...companions]);
  if (all === "") return undefined;
  return {
    list: all,
    settle: settle({
      names: shown(names),
      silent: shown(silent),
      addresses: shown(addresses),
      companions: shown(companions),
    }),
  };
}

function shown(words: readonly string[]): string {
  return [...new Set(words)].slice(0, SHOWN).map(quoted).join(", ");
}

function settle(missing: Readonly<Record<"names" | "silent" | "addresses" | "companions", string>>): Text {
  if (missing.names !== "") {
    return {
      fr: `Déclarer ${missing.names} dans trial.dependencies (douane.yaml).`,
      en: `Declare ${missing.names} in trial.dependencies (douane.yaml).`,
    };
  }
  if (missing.silent !== "") {
    return {
      fr: `La dépendance factice ${missing.silent} accepte les connexions sans rien dire : lui donner une image dans trial.dependencies (douane.yaml).`,
      en: `The fake dependency ${missing.silent} takes connections and says nothing: give it an image in trial.dependencies (douane.yaml).`,
    };
  }
  if (missing.addresses === "") {
    return {
      fr: `Régler d'abord ce que l'essai dit du conteneur ${missing.companions} du même pod, qui ne fonctionnait pas.`,
      en: `First settle what the trial says of the container ${missing.companions} of the same pod, which did not work.`,
    };
  }
  return {
    fr: `Donner un nom plutôt que l'adresse ${missing.addresses} par une variable (trial.env), et le déclarer dans trial.dependencies (douane.yaml).`,
    en: `Give a name rather than the address ${missing.addresses} by a variable (trial.env), and declare it in trial.dependencies (douane.yaml).`,
  };
}
