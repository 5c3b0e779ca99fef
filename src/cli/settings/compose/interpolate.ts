import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import { isSecretName } from "../../../secrets/secret-name.ts";

/** Values by name. */
export type Values = ReadonlyMap<string, string>;

/** Source of values for a text, with the error for a name without a value. */
export interface Lookup {
  get(name: string): string | undefined;
  unset(name: string): InterpolationError;
}

/** Variables of a compose file; the used variables are recorded. */
export class Variables implements Lookup {
  readonly #own: Values;
  readonly #listed: Values;
  readonly #used = new Map<string, string>();

  /**
   * @param own values of `.env`
   * @param listed values of the judge's environment, which override `.env`
   */
  constructor(own: Values, listed: Values) {
    this.#own = own;
    this.#listed = listed;
  }

  get(name: string): string | undefined {
    const value = this.#listed.get(name) ?? this.#own.get(name);
    if (value !== undefined) this.#used.set(name, value);
    return value;
  }

  unset(name: string): InterpolationError {
    return unset(name);
  }

  /**
   * Whether the value of a variable must stay in the container: a variable of the judge's environment, or a
   * variable of `.env` with the name of a secret.
   */
  isGuarded(name: string): boolean {
    return this.#listed.has(name) || (this.#own.has(name) && isSecretName(name));
  }

  /** Values from outside the compose file that were used, by name. */
  get used(): Values {
    return this.#used;
  }
}

/**
 * Error for a text whose variables cannot be replaced: a variable has no value, or the syntax is not
 * understood.
 */
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
export function interpolate(text: string, variables: Lookup): string {
  if (text.replace(REFERENCE, "").includes("${")) throw unreadable(text);
  return text.replace(
    REFERENCE,
    (whole, plain?: string, braced?: string, sign: string = "", word: string = "") => {
      const name = plain ?? braced;
      return name === undefined ? whole.slice(1) : valueOf(name, variables, { sign, word });
    },
  );
}

function valueOf(
  name: string,
  variables: Lookup,
  { sign, word }: { readonly sign: string; readonly word: string },
): string {
  const value = variables.get(name);
  const isSet = value !== undefined && !(sign.startsWith(":") && value === "");
  if (sign.endsWith("+")) return isSet ? word : "";
  if (isSet) return value;
  if (sign.endsWith("-")) return word;
  throw variables.unset(name);
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
