import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { PipelineSystem } from "../../fix/draft/pipeline.ts";
import type { Flags, Values } from "../command-line/command.ts";

export const INIT_FLAGS = {
  evidence: {
    value: { fr: "FICHIER", en: "FILE" },
    many: true,
    help: {
      fr: "preuves d'un essai (douane trial IMAGE --output FICHIER), répétable : les sondes, les ports et les emptyDir du Deployment en viennent",
      en: "evidence of a trial (douane trial IMAGE --output FILE), repeatable: probes, ports and emptyDirs of the Deployment come from it",
    },
  },
  image: {
    value: { fr: "IMAGE", en: "IMAGE" },
    help: {
      fr: "ce que le Deployment nomme, par exemple registry.example.fr/equipe/portail:1.0.0",
      en: "what the Deployment names, registry.example.fr/team/portal:1.0.0 for example",
    },
  },
  ci: {
    value: { fr: "SYSTÈME", en: "SYSTEM" },
    parse: parseSystem,
    help: {
      fr: "gitlab, github ou none ; par défaut, celui que le dépôt montre",
      en: "gitlab, github or none; default: the one that the repository shows",
    },
  },
  dryRun: {
    help: {
      fr: "ne rien écrire : afficher ce qui le serait",
      en: "write nothing: print what would be written",
    },
  },
} as const satisfies Flags;

export type InitValues = Values<typeof INIT_FLAGS>;

function parseSystem(value: string): PipelineSystem | "none" {
  if (value === "gitlab" || value === "github" || value === "none") return value;
  throw new UsageError("ci-unknown", {
    fr: `--ci ${quoted(value)} : les valeurs possibles sont gitlab, github et none.`,
    en: `--ci ${quoted(value)}: the possible values are gitlab, github and none.`,
  });
}
