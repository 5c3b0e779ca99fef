import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";

/** Values by name. */
export type Values = ReadonlyMap<string, string>;

/** Variables of a compose file, with a record of whether one was used. */
export class Variables {
  readonly #values: Values;
  #used = false;

  constructor(values: Values) {
    this.#values = values;
  }

  get(name: string): string | undefined {
    const value = this.#values.get(name);
    this.#used ||= value !== undefined;
    return value;
  }

  /** Whether a value from outside the compose file was used. */
  get used(): boolean {
    return this.#used;
  }
}

/** Error for a text whose variables cannot be replaced: one has no value, or the syntax is not understood. */
export class InterpolationError extends Error {
  override readonly name = "InterpolationError";
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

const REFERENCE = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}]*))?\})/g;

/**
 * Replaces variables as compose does: `$NAME`, `${NAME}`, `${NAME:-default}`, `$$`.
 *
 * @throws InterpolationError
 */
export function interpolate(text: string, variables: Pick<Variables, "get">): string {
  if (text.replace(REFERENCE, "").includes("${")) throw unreadable(text);
  return text.replace(
    REFERENCE,
    (whole, plain?: string, braced?: string, sign: string = "", word: string = "") => {
      const name = plain ?? braced;
      return name === undefined ? whole.slice(1) : valueOf(name, variables.get(name), { sign, word });
    },
  );
}

function valueOf(
  name: string,
  value: string | undefined,
  { sign, word }: { readonly sign: string; readonly word: string },
): string {
  const isSet = value !== undefined && !(sign.startsWith(":") && value === "");
  if (sign.endsWith("+")) return isSet ? word : "";
  if (isSet) return value;
  if (sign.endsWith("-")) return word;
  throw unset(name);
}

function unset(variable: string): InterpolationError {
  const name = quoted(variable);
  return new InterpolationError({
    fr: `la variable ${name} n'a pas de valeur ; la donner dans le fichier .env à côté, ou la prendre de l'environnement : --compose-env ${variable}`,
    en: `the variable ${name} has no value; give it in the file .env beside, or take it from the environment: --compose-env ${variable}`,
  });
}

function unreadable(text: string): InterpolationError {
  const shown = quoted(text);
  return new InterpolationError({
    fr: `variables imbriquées ou mal écrites : ${shown} ; écrire la valeur`,
    en: `variables within variables, or written wrongly: ${shown}; write the value`,
  });
}

/** Variables of a `.env` file, `NAME=value` per line; quotes around a value are removed. */
export function envFile(text: string): Values {
  const entries = text.split("\n").flatMap((line): [string, string][] => {
    const [, name = "", value = ""] = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=(.*)$/.exec(line) ?? [];
    return name === "" ? [] : [[name, unquoted(value.trim())]];
  });
  return new Map(entries);
}

function unquoted(value: string): string {
  const quote = value.charAt(0);
  if (value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote))
    return value.slice(1, -1);
  const comment = value.search(/\s#/);
  return (comment < 0 ? value : value.slice(0, comment)).trimEnd();
}
