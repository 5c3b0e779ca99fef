import type { VulnsAction } from "./action.ts";

/** Of `douane vulns IMAGE|SBOM`. */
export const SCAN_FLAGS = [
  "data",
  "format",
  "policy",
  "platform",
  "noCache",
  "insecureRegistry",
  "caFile",
  "vex",
] as const satisfies VulnsAction["flags"];

/** What `douane vulns` can do, in the order of the help. */
export const VULNS_ACTIONS: readonly VulnsAction[] = [
  {
    name: "import",
    operands: { fr: "FICHIER…", en: "FILE…" },
    help: {
      fr: "lire des fichiers, archives ou répertoires de données, reconnus à leur contenu",
      en: "read files, archives or folders of data, recognised by their content",
    },
    flags: ["data", "source", "asOf", "allowShrink"],
    load: async () => (await import("./run-import.ts")).runImport,
  },
  {
    name: "update",
    operands: { fr: "[MIROIR…]", en: "[MIRROR…]" },
    help: {
      fr: "prendre ce qui est nouveau du premier miroir qui répond (https://…, oci://registre/nom:tag, un répertoire), ou des sources officielles (official)",
      en: "take what is new from the first mirror that answers (https://…, oci://registry/name:tag, a folder), or from the official feeds (official)",
    },
    flags: ["data", "policy", "maxAge", "publicKey", "allowUnsigned", "insecureRegistry", "caFile"],
    load: async () => (await import("./run-update.ts")).runUpdate,
  },
  {
    name: "export",
    operands: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "écrire les données en répertoire OCI, pour un registre ou un serveur web",
      en: "write the data as an OCI layout, for a registry or a web server",
    },
    flags: ["data", "signingKey", "since"],
    load: async () => (await import("./run-export.ts")).runExport,
  },
  {
    name: "status",
    help: {
      fr: "montrer les données qui sont sur cette machine : sources, nombres, dates, âges",
      en: "show the data on this machine: sources, numbers, dates, ages",
    },
    flags: ["data", "maxAge", "format", "policy"],
    load: async () => (await import("./run-status.ts")).runStatus,
  },
  {
    name: "affected",
    operands: { fr: "[ID…] PREUVES…", en: "[ID…] EVIDENCE…" },
    help: {
      fr: "dire lesquelles des images de fichiers de preuves contiennent ce qui bloque, ou les vulnérabilités nommées",
      en: "say which of the images in evidence files hold what blocks, or the vulnerabilities named",
    },
    flags: ["data", "format", "policy"],
    load: async () => (await import("./run-affected.ts")).runAffected,
  },
  {
    name: "vex",
    operands: {
      fr: "explain FICHIER… IMAGE|SBOM, new ID STATUT PRODUIT [COMPOSANT…]",
      en: "explain FILE… IMAGE|SBOM, new ID STATUS PRODUCT [PART…]",
    },
    help: {
      fr: "dire de chaque déclaration VEX où elle s'applique ou pourquoi non ; en écrire une (OpenVEX)",
      en: "say of each VEX statement where it applies or why it does not; write one (OpenVEX)",
    },
    flags: ["data", "policy", "platform", "noCache", "insecureRegistry", "caFile", "author", "justification"],
    load: async () => (await import("./run-vex.ts")).runVex,
  },
];
