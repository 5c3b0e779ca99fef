import { z } from "zod";
import { exactly } from "../../contract/exactly.ts";
import { described, optional } from "../../contract/i18n-meta.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import { DEFAULT_WAITS } from "../../trial/default-waits.ts";
import type { ComposeSettings } from "./compose/load.ts";
import { dependencySchema } from "./trial-dependency.ts";
import { requestSchema } from "./trial-request.ts";
import { hostName, name, path, port, quantity, seconds, urlPath } from "./trial-values.ts";

const LONGEST_SERVICE = 1_000;

const probe = z
  .strictObject({
    http: z
      .strictObject({
        port,
        path: urlPath.exactOptional(),
        scheme: z.enum(["http", "https"]).exactOptional(),
      })
      .exactOptional(),
    tcp: z.strictObject({ port }).exactOptional(),
    grpc: z
      .strictObject({
        port,
        service: optional(z.string().max(LONGEST_SERVICE), {
          fr: "Celui dont la santé est demandée ; par défaut, tout le serveur.",
          en: "Service whose health is checked; default: the whole server.",
        }),
      })
      .exactOptional(),
    exec: z.array(z.string()).min(1).exactOptional(),
  })
  .refine((kinds) => Object.values(kinds).filter((one) => one !== undefined).length === 1, {
    error: "une sonde http, tcp, grpc ou exec, une seule | one http, tcp, grpc or exec probe, and one only",
  });

const own = {
  args: optional(z.array(z.string()), {
    fr: "Arguments de la commande (CMD) d'une image essayée seule.",
    en: "Arguments of the command (CMD) of an image that is tried alone.",
  }),
  env: optional(z.record(name, z.string()), {
    fr: "Variables. Avec un manifeste, celles qu'il déclare sans en donner la valeur (Secret, ConfigMap qui sont ailleurs) et aucune autre. Leurs valeurs n'apparaissent jamais dans les preuves.",
    en: "Variables. With a manifest, those that it declares without a value (a Secret, a ConfigMap that is elsewhere), and no others. Values never appear in evidence.",
  }),
  files: optional(z.record(path, z.string()), {
    fr: "Fichiers à monter en lecture seule : le texte, par chemin absolu. Avec un manifeste, ceux de ses volumes dont l'objet est ailleurs, et aucun autre.",
    en: "Files to mount read-only: text by absolute path. With a manifest, those of its volumes whose object is elsewhere, and no others.",
  }),
  mounts: optional(z.array(path), {
    fr: "Répertoires où une image essayée seule peut écrire, chacun un emptyDir ; avec un manifeste, lui seul monte.",
    en: "Directories that an image tried alone can write to, each an emptyDir; with a manifest, that alone mounts.",
  }),
  ports: optional(z.array(port), {
    fr: "Ports de l'application ; si un manifeste n'en déclare aucun, des indices comme EXPOSE, le défaut.",
    en: "Ports of the application; where a manifest declares none, hints as EXPOSE, the default, is.",
  }),
  probes: optional(z.array(probe), {
    fr: "Sondes, si le manifeste n'en a pas ; une commande (exec) n'est lancée que dans une image essayée seule.",
    en: "Probes, where the manifest has none; a command (exec) is run only in an image that is tried alone.",
  }),
  warmUp: optional(z.array(urlPath), {
    fr: "Chemins à demander une fois que l'application sert, pour que s'exécute du code que les sondes n'atteignent pas.",
    en: "Paths to ask for once the application serves, so that code runs that probes do not reach.",
  }),
  requests: optional(z.array(requestSchema).max(LIMITS.trialExchanges), {
    fr: "Octets à envoyer à un port qui ne parle pas HTTP, et ce que sa réponse doit contenir.",
    en: "Bytes to send to a port that does not speak HTTP, and what its answer has to contain.",
  }),
  dependencies: optional(z.array(dependencySchema).max(100), {
    fr: "Ce dont l'application a besoin pour démarrer, sous le nom où elle le cherche : une image, ou des ports ouverts qui ne disent rien.",
    en: "What the application needs to start, by the name under which it looks for it: an image, or ports that are open and say nothing.",
  }),
  lifetime: optional(z.enum(["server", "batch"]), {
    fr: "server : s'exécute jusqu'à ce qu'on l'arrête ; batch : finit de lui-même. Un manifeste en décide lui-même ; sans lui, server par défaut.",
    en: "server: runs until it is stopped; batch: ends by itself. A manifest decides it; without one, default server.",
  }),
  readyTimeout: described(seconds(0.1), {
    fr: `Secondes à attendre qu'elle soit prête ; ${DEFAULT_WAITS.readyMs / 1_000} par défaut.`,
    en: `Seconds to wait until it is ready; default ${DEFAULT_WAITS.readyMs / 1_000}.`,
  }),
  settle: described(seconds(DEFAULT_WAITS.settleMs / 1_000), {
    fr: `Secondes qui lui sont laissées au moins après la dernière requête, pour écrire et journaliser ; jusqu'à la moitié en plus est tirée au sort chaque fois, pour que personne ne compte sur la fin ; ${DEFAULT_WAITS.settleMs / 1_000} par défaut, et au moins. L'augmenter pour une application qui écrit ou journalise plus tard.`,
    en: `Seconds that it is given at least after the last request, to write and log; up to half as long again is drawn each time, so that nobody can count on the end; default and minimum ${DEFAULT_WAITS.settleMs / 1_000}. Raise it for an application that writes or logs later than that.`,
  }),
  grace: described(seconds(0), {
    fr: `Secondes qui lui sont laissées pour s'arrêter ; par défaut, celles du manifeste, sinon ${DEFAULT_WAITS.graceMs / 1_000}, et jamais plus que lui.`,
    en: `Seconds that it may take to stop; default: the manifest's, else ${DEFAULT_WAITS.graceMs / 1_000}, and never more than the manifest gives.`,
  }),
  duration: described(seconds(1), {
    fr: `Secondes que l'essai entier dure au plus ; ${DEFAULT_WAITS.deadlineMs / 1_000} par défaut.`,
    en: `Seconds of the whole trial at most; default ${DEFAULT_WAITS.deadlineMs / 1_000}.`,
  }),
  replica: optional(z.strictObject({ variable: name.exactOptional(), port: port.exactOptional() }), {
    fr: "La variable qui dit son port à la seconde réplique (NONE : elle garde le sien), et lequel ; par défaut PORT, 18080.",
    en: "The variable that tells the second replica its port (NONE: it keeps its port), and which port; default PORT, 18080.",
  }),
  memory: optional(quantity, {
    fr: "Mémoire, si le manifeste ne donne pas de limite.",
    en: "Memory, where the manifest gives no limit.",
  }),
  cpu: optional(quantity, {
    fr: "Cœurs, si le manifeste ne donne pas de limite.",
    en: "Cores, where the manifest gives no limit.",
  }),
};

const compose = described(
  z.strictObject({
    file: optional(z.string().min(1), {
      fr: "Un fichier compose, à partir du répertoire de celui-ci ; compose.yaml par défaut.",
      en: "A compose file, from the folder of this one; default compose.yaml.",
    }),
    services: described(z.array(hostName).min(1), {
      fr: "Ses services qui s'exécutent à côté de l'application, par leurs noms, dans l'ordre de leur démarrage.",
      en: "Its services that run beside the application, by their names, in the order of their start.",
    }),
  }),
  {
    fr: "Services d'un fichier compose comme dépendances : image, environment, command, ports, healthcheck.",
    en: "Services of a compose file as dependencies: image, environment, command, ports, healthcheck.",
  },
);

const trial = described(
  z.strictObject({
    ...own,
    compose: compose.exactOptional(),
    containers: optional(z.record(z.string(), z.strictObject(own)), {
      fr: "Par nom d'un conteneur : les mêmes clés, à la place de celles de tous.",
      en: "By name of a container: the same keys, in place of those for all.",
    }),
  }),
  {
    fr: "Ce que l'essai donne à l'application : douane trial.",
    en: "What the trial gives the application: douane trial.",
  },
);

/** Schema of `trial` in douane.yaml. */
export const trialSchema = exactly<TrialSettings & { readonly compose?: ComposeSettings }>()(trial);

/** Keys by path, for suggestions. */
export const TRIAL_KEYS = {
  trial: Object.keys(trialSchema.shape),
  "trial.probes": Object.keys(probe.shape),
  "trial.probes.http": ["port", "path", "scheme"],
  "trial.probes.tcp": ["port"],
  "trial.probes.grpc": ["port", "service"],
  "trial.compose": Object.keys(compose.shape),
  "trial.dependencies": Object.keys(dependencySchema.shape),
  "trial.dependencies.ready": ["exec", "timeout"],
  "trial.replica": ["variable", "port"],
  "trial.requests": ["port", "protocol", "encoding", "send", "expect"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
