import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { normalPath } from "../../evidence/trial/mount-path.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";

/** Maximum number of names in the message. */
const SHOWN = 10;

/** Settings that no manifest of a run allowed. A setting that any container could use is not reported. */
export class WithheldSettings {
  readonly #withheld = new Set<string>();
  readonly #used = new Set<string>();

  /** @param settings offered to the container of this trial */
  saw({ inputs }: Pick<TrialFacts, "inputs">, { env = {}, files = {} }: TrialSettings): void {
    const withheld = new Set(inputs?.withheld);
    for (const name of withheld) this.#withheld.add(name);
    const offered = [
      ...Object.keys(env).map((name) => `trial.env ${name}`),
      ...Object.keys(files).map((path) => `trial.files ${normalPath(path)}`),
    ];
    for (const name of offered) if (!withheld.has(name)) this.#used.add(name);
  }

  get texts(): readonly Text[] {
    const names = [...this.#withheld].filter((name) => !this.#used.has(name));
    if (names.length === 0) return [];
    const list = `${names.slice(0, SHOWN).map(excerpt).join(", ")}${names.length > SHOWN ? ", …" : ""}`;
    return [
      {
        fr: `non donné à l'essai, qui lance ce qui sera déployé : ${list}. Le manifeste ne le déclare pas, ou le dit lui-même ; l'y déclarer (valeur, secretKeyRef, configMapKeyRef, volume…).`,
        en: `not given to the trial, which runs what will be deployed: ${list}. The manifest does not declare it, or sets it itself; declare it there (value, secretKeyRef, configMapKeyRef, volume…).`,
      },
    ];
  }
}
