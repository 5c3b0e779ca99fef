import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import { InterpolationError, interpolate, type Variables } from "./interpolate.ts";
import { ServiceProblem } from "./service-problem.ts";

/** Placeholder for a withheld value: a character that no text of a compose file may contain. */
const KEPT_OUT = "\0";

/** Readers of fields whose values leave the trial: to a registry, to the disk's names, to reports. */
interface GuardedTexts {
  /** @throws ServiceProblem for a variable whose value must stay in the container; InterpolationError */
  text(value: unknown, field: string): string;
  /** A port, whose published part may contain any variable, since a trial does not use that part. */
  port(value: unknown): string;
}

/**
 * Texts without values of the judge's environment and without secrets of `.env`. The repository chooses the
 * place of a variable, and a value in an image's name would be sent to a registry of the repository's choice.
 */
export function guardedTexts(variables: Variables): GuardedTexts {
  const read = (value: unknown) => {
    let guarded: string | undefined;
    const text = interpolate(scalar(value), {
      get(name) {
        if (!variables.isGuarded(name)) return variables.get(name);
        guarded ??= name;
        return KEPT_OUT;
      },
      unset,
    });
    return { text, guarded };
  };
  return {
    text(value, field) {
      const { text, guarded } = read(value);
      if (guarded !== undefined) throw new ServiceProblem([field], keptOut(field, guarded));
      return text;
    },
    port(value) {
      const { text, guarded } = read(value);
      const own = text.slice(text.lastIndexOf(":") + 1);
      if (guarded !== undefined && own.includes(KEPT_OUT)) {
        throw new ServiceProblem(["ports"], keptOut("ports", guarded));
      }
      return own;
    },
  };
}

/** Text of a scalar. @throws ServiceProblem for a list or mapping, which compose files do not have there */
export function scalar(value: unknown): string {
  if (typeof value === "object" && value !== null) throw new ServiceProblem([], NOT_A_TEXT);
  return String(value);
}

const NOT_A_TEXT: Text = {
  fr: "une liste ou un objet est donné là où compose attend un texte (image, variable, argument)",
  en: "a list or a mapping is given where compose expects a text (image, variable, argument)",
};

/** Refusal of a guarded variable. It names the variable, never its value. */
function keptOut(field: string, variable: string): Text {
  const [at, name] = [quoted(field), quoted(variable)];
  return {
    fr: `${at} : la variable ${name} peut être un secret (elle vient de --compose-env, ou son nom en est un), et sa valeur sortirait d'ici de l'essai : vers un registre, un message, un rapport. Écrire la valeur, ou la donner dans .env sous un nom qui n'est pas celui d'un secret ; elle n'est admise que dans environment, command, entrypoint et healthcheck`,
    en: `${at}: the variable ${name} may be a secret (it comes from --compose-env, or is named as one), and from here its value would leave the trial: to a registry, a message, a report. Write the value, or give it in .env under a name that is not a secret's; the variable is admitted in environment, command, entrypoint and healthcheck only`,
  };
}

/** Error for a variable without a value, which the judge's environment must not provide here. */
function unset(variable: string): InterpolationError {
  const name = quoted(variable);
  return new InterpolationError({
    fr: `la variable ${name} n'a pas de valeur ; l'écrire, ou la donner dans le fichier .env à côté`,
    en: `the variable ${name} has no value; write it, or give it in the file .env beside`,
  });
}
