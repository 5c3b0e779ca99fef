import type { Text } from "../contract/text.ts";
import type { AnyCommand } from "./command-line/command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: Text;
  /** Each command is a chunk of its own: `--help` loads none of them. */
  load(): Promise<AnyCommand>;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "check",
    summary: {
      fr: "dire si des images et des manifestes seraient admis, ligne par ligne du contrat",
      en: "say whether images and manifests would be admitted, row by row of the contract",
    },
    load: async () => (await import("./check/check.ts")).checkCommand,
  },
  {
    name: "trial",
    summary: {
      fr: "lancer une image comme la plateforme, dans un bac à sable, et juger ce qu'elle fait",
      en: "run an image as the platform does, in a sandbox, and judge what it does",
    },
    load: async () => (await import("./trial/trial.ts")).trialCommand,
  },
  {
    name: "fix",
    summary: {
      fr: "corriger des manifestes, sans toucher au reste ; les lignes à écrire d'un Dockerfile",
      en: "correct manifests and touch nothing else; the lines to write in a Dockerfile",
    },
    load: async () => (await import("./fix/fix.ts")).fixCommand,
  },
  {
    name: "explain",
    summary: {
      fr: "expliquer une ligne, une clause ou une règle du contrat",
      en: "explain a row, a clause or a rule of the contract",
    },
    load: async () => (await import("./explain/explain.ts")).explainCommand,
  },
  {
    name: "schema",
    summary: {
      fr: "afficher le JSON Schema d'un format de fichier",
      en: "print the JSON Schema of a file format",
    },
    load: async () => (await import("./schema/schema.ts")).schemaCommand,
  },
  {
    name: "doctor",
    summary: {
      fr: "montrer ce que douane trouve sur cette machine",
      en: "show what douane finds on this machine",
    },
    load: async () => (await import("./doctor/doctor.ts")).doctorCommand,
  },
];
