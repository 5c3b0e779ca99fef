import { type Finding, isInImage } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { manifestKey } from "../../start/command-place.ts";
import type { Variable } from "../../start/environment.ts";

const DEVELOPMENT = /^(?:dev|devel|development|local)$/i;
/** A development profile, alone or in a list. */
const AMONG = /(?:^|,)\s*(?:dev|devel|development|local)\s*(?:,|$)/i;

/**
 * Variables that select an application's configuration, with the values for development. Debuggers and
 * development servers have other variables.
 */
const PROFILES: Readonly<Record<string, RegExp>> = {
  SPRING_PROFILES_ACTIVE: AMONG,
  QUARKUS_PROFILE: AMONG,
  MICRONAUT_ENVIRONMENTS: AMONG,
  ASPNETCORE_ENVIRONMENT: DEVELOPMENT,
  DOTNET_ENVIRONMENT: DEVELOPMENT,
  NODE_CONFIG_ENV: DEVELOPMENT,
  APP_ENV: DEVELOPMENT,
};

/** Note about a variable that selects the development configuration; undefined if it does not. */
export function profileNote(rule: RuleId, { name, value, at }: Variable): Finding | undefined {
  const known = Object.hasOwn(PROFILES, name) ? PROFILES[name] : undefined;
  if (known?.test(value) !== true) return undefined;
  const shown = excerpt(`${name}=${value}`);
  return {
    message: {
      fr: `${shown} : choisit la configuration de développement, ce qui ne démarre ni débogueur ni serveur de développement`,
      en: `${shown}: selects the development configuration, which starts neither a debugger nor a development server`,
    },
    remedy: isInImage(at) ? inImage(name) : inManifest(name),
    fingerprint: fingerprint(rule, ...manifestKey(at), name, value),
    at,
  };
}

function inImage(name: string): Text {
  return {
    fr: `Retirer ${name} de l'image et l'injecter au lancement : chaque environnement choisit sa configuration.`,
    en: `Take ${name} out of the image and inject it at start: each environment selects its own configuration.`,
  };
}

/** Remedy in a manifest. Symfony derives its debug mode from APP_ENV as well, so APP_DEBUG is mentioned. */
function inManifest(name: string): Text {
  const symfony = name === "APP_ENV";
  return {
    fr: `Rien à changer : ${name} est injectée au lancement, comme la clause 1.4 le demande.${symfony ? " Avec Symfony, injecter aussi APP_DEBUG=0." : ""}`,
    en: `Nothing to change: ${name} is injected at start, as clause 1.4 asks.${symfony ? " With Symfony, inject APP_DEBUG=0, too." : ""}`,
  };
}
