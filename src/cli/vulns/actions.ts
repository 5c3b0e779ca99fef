import type { VulnsAction } from "./action.ts";

/** What `douane vulns` can do, in the order of the help. */
export const VULNS_ACTIONS: readonly VulnsAction[] = [
  {
    name: "import",
    operands: { fr: "FICHIER…", en: "FILE…" },
    help: {
      fr: "lire des fichiers, archives ou répertoires de données, reconnus à leur contenu",
      en: "read files, archives or folders of data, recognised by their content",
    },
    load: async () => (await import("./run-import.ts")).runImport,
  },
  {
    name: "status",
    help: {
      fr: "montrer les données qui sont sur cette machine : sources, nombres, dates, âges",
      en: "show the data on this machine: sources, numbers, dates, ages",
    },
    load: async () => (await import("./run-status.ts")).runStatus,
  },
];
