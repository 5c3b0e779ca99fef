import { InvalidInputError } from "../../contract/error.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Refusal of a mirror's metadata or target; the file that is in place stays. */
export function tufRefused(code: string, { fr, en }: Text): InvalidInputError {
  return new InvalidInputError(code, {
    fr: `mise à jour de la racine refusée : ${fr}. Le fichier en place reste.`,
    en: `update of the root refused: ${en}. The file in place stays.`,
  });
}

interface Reason {
  readonly code: string;
  /** Words of tuf-js, whose errors have neither code nor name, and are nested as texts. */
  readonly words: RegExp;
  readonly text: (detail: string) => Text;
}

const REASONS: readonly Reason[] = [
  {
    code: "tuf-too-large",
    words: /Max length reached/,
    text: () => ({
      fr: "un fichier du miroir est plus long que ce que ses métadonnées annoncent, ou que la limite",
      en: "a file of the mirror is longer than its metadata announce, or than the limit",
    }),
  },
  {
    code: "tuf-expired",
    words: /(?:root|timestamp|snapshot|targets)\.json is expired/,
    text: (detail) => ({
      fr: `${detail} : le miroir n'est plus tenu à jour, ou quelqu'un en rejoue un ancien état ; vérifier aussi l'horloge de cette machine`,
      en: `${detail}: the mirror is no longer maintained, or somebody replays an old state of it; check this machine's clock, too`,
    }),
  },
  {
    code: "tuf-rollback",
    words:
      /less than current version|Expected version|does not match snapshot version|doesn't match timestamp/,
    text: (detail) => ({
      fr: `version inattendue (${detail}) : le miroir revient en arrière, ou en mélange plusieurs états`,
      en: `unexpected version (${detail}): the mirror goes back, or mixes several states`,
    }),
  },
  {
    code: "tuf-signature",
    words: /was signed by|no signature|failed to verify|no public key|multiple signatures/,
    text: (detail) => ({
      fr: `signatures insuffisantes (${detail}) : des clés que la racine épinglée n'établit pas`,
      en: `insufficient signatures (${detail}): by keys that the pinned root does not establish`,
    }),
  },
  {
    code: "tuf-hash",
    words: /Expected (?:hash|length)|Hash algorithm/,
    text: (detail) => ({
      fr: `un fichier du miroir n'est pas celui que ses métadonnées annoncent (${detail})`,
      en: `a file of the mirror is not the one that its metadata announce (${detail})`,
    }),
  },
];

const INVALID: Reason = {
  code: "tuf-invalid",
  words: /(?:)/,
  text: (detail) => ({
    fr: `les métadonnées du miroir sont illisibles ou absentes (${detail})`,
    en: `the mirror's metadata are missing or not readable (${detail})`,
  }),
};

/** Refusal for an error of tuf-js. */
export function tufRefusal(error: unknown): InvalidInputError {
  const message = error instanceof Error ? error.message : String(error);
  const { code, text } = REASONS.find(({ words }) => words.test(message)) ?? INVALID;
  return tufRefused(code, text(excerpt(message.split("Error: ").at(-1) ?? message)));
}
