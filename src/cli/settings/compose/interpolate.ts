import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";

/** Variables of a compose file: those of the shell win over those of `.env`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A text whose variables cannot be put in: one has no value, or the text is not understood. */
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
 * Puts variables in their places, as compose does: `$NAME`, `${NAME}`, `${NAME:-default}`, `$$`.
 *
 * @throws InterpolationError
 */
export function interpolate(text: string, variables: Variables): string {
  if (text.replace(REFERENCE, "").includes("${")) throw unreadable(text);
  return text.replace(
    REFERENCE,
    (whole, plain?: string, braced?: string, sign: string = "", word: string = "") => {
      const name = plain ?? braced;
      return name === undefined ? whole.slice(1) : valueOf(name, variables[name], { sign, word });
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
    fr: `la variable ${name} n'a pas de valeur ; la donner dans le fichier .env à côté, ou dans l'environnement`,
    en: `the variable ${name} has no value; give it in the file .env beside, or in the environment`,
  });
}

function unreadable(text: string): InterpolationError {
  const shown = quoted(text);
  return new InterpolationError({
    fr: `variables imbriquées ou mal écrites : ${shown} ; écrire la valeur`,
    en: `variables within variables, or written wrongly: ${shown}; write the value`,
  });
}

/** `NAME=value` of a `.env` file, line by line; quotes around a value are taken off. */
export function envFile(text: string): Readonly<Record<string, string>> {
  const entries = text.split("\n").flatMap((line): [string, string][] => {
    const [, name = "", value = ""] = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=(.*)$/.exec(line) ?? [];
    return name === "" ? [] : [[name, unquoted(value.trim())]];
  });
  return Object.fromEntries(entries);
}

function unquoted(value: string): string {
  const quote = value.charAt(0);
  if (value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote))
    return value.slice(1, -1);
  const comment = value.search(/\s#/);
  return (comment < 0 ? value : value.slice(0, comment)).trimEnd();
}
