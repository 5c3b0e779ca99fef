import type { CommandEntry } from "../command-line/command.ts";

/** Subcommands of `douane vulns`, in the order of the help. */
export const VULNS_COMMANDS: readonly CommandEntry[] = [
  {
    name: "scan",
    summary: {
      fr: "montrer les vulnérabilités d'une image ou d'un SBOM (par défaut)",
      en: "show the vulnerabilities of an image or an SBOM (default)",
    },
    load: async () => (await import("./scan.ts")).scanCommand,
  },
  {
    name: "import",
    summary: {
      fr: "lire des fichiers, archives ou répertoires de données, reconnus à leur contenu",
      en: "read files, archives or folders of data, recognised by their content",
    },
    load: async () => (await import("./import.ts")).importCommand,
  },
  {
    name: "update",
    summary: {
      fr: "prendre ce qui est nouveau d'un miroir ou des sources officielles",
      en: "download new data from a mirror or from the official feeds",
    },
    load: async () => (await import("./update.ts")).updateCommand,
  },
  {
    name: "export",
    summary: {
      fr: "écrire les données en répertoire OCI, pour un registre ou un serveur web",
      en: "write the data as an OCI layout, for a registry or a web server",
    },
    load: async () => (await import("./export.ts")).exportCommand,
  },
  {
    name: "status",
    summary: {
      fr: "montrer les données qui sont sur cette machine : sources, nombres, dates, âges",
      en: "show the data on this machine: sources, numbers, dates, ages",
    },
    load: async () => (await import("./status.ts")).statusCommand,
  },
  {
    name: "affected",
    summary: {
      fr: "dire lesquelles de nombreuses images sont concernées, d'après leurs preuves",
      en: "list the affected images among many, from their evidence",
    },
    load: async () => (await import("./affected.ts")).affectedCommand,
  },
  {
    name: "vex",
    summary: {
      fr: "expliquer ou écrire des déclarations VEX",
      en: "explain or write VEX statements",
    },
    load: async () => (await import("./vex.ts")).vexCommand,
  },
];
