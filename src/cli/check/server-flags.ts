import { UsageError } from "../../contract/error.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { variableOf } from "../command-line/environment.ts";
import { longFlag } from "../command-line/option.ts";
import type { Context } from "../process/context.ts";
import { CHECK_FLAGS, type CheckValues } from "./flags.ts";

/** Flags of a check by the platform's server. */
export const SERVER_FLAGS = {
  // An option without an environment variable, which would send the manifests of every check to a server.
  server: {
    value: { fr: "URL", en: "URL" },
    help: {
      fr: "demander à douane serve ce que son admission dirait des manifestes : https://douane.douane.svc:8443",
      en: "ask douane serve what its admission would say of the manifests: https://douane.douane.svc:8443",
    },
  },
  tokenFile: {
    env: true,
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "avec --server : fichier du jeton par lequel l'API server connaît l'utilisateur (kubectl create token)",
      en: "with --server: file with the token by which the API server knows the user (kubectl create token)",
    },
  },
  namespace: {
    value: { fr: "NOM", en: "NAME" },
    help: {
      fr: "avec --server : espace de noms des manifestes qui n'en nomment pas",
      en: "with --server: namespace of the manifests that name none",
    },
  },
} as const satisfies Flags;

export type ServerCheckValues = CheckValues & Values<typeof SERVER_FLAGS>;

/** Flags of `douane check` that count with --server, too; the server's own policy and settings decide on the rest. */
const SHARED: readonly string[] = [
  "filename",
  "format",
  "failOn",
  "exclude",
  "noGitignore",
  "caFile",
] satisfies (keyof CheckValues)[];

/** Values of a check without a server. @throws UsageError check-server-missing */
export function withoutServer(given: ServerCheckValues): CheckValues {
  if (given.namespace === undefined) return given;
  throw new UsageError("check-server-missing", {
    fr: "--namespace va avec --server : sans serveur, un manifeste est jugé tel qu'il est.",
    en: "--namespace goes with --server: without a server, a manifest is judged as it is.",
  });
}

/**
 * Refuses options of the command line that a server does not take from its callers. Environment variables are not
 * refused, since they are set for every check.
 *
 * @throws UsageError check-server-option
 */
export function verifyServerOptions(values: ServerCheckValues, env: Context["env"]): void {
  for (const [name, flag] of Object.entries<Flags[string]>(CHECK_FLAGS)) {
    const value: unknown = values[name as keyof CheckValues];
    const isGiven = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
    if (!isGiven || SHARED.includes(name)) continue;
    if (flag.env === true && (env[variableOf(name)] ?? "") !== "") continue;
    const option = longFlag(name);
    throw new UsageError("check-server-option", {
      fr: `${option} et --server ne vont pas ensemble : le serveur juge les manifestes d'après sa propre politique. Retirer ${option}.`,
      en: `${option} and --server do not go together: the server judges the manifests by its own policy. Leave ${option} out.`,
    });
  }
}
