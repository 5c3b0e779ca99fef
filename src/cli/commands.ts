import type { CommandEntry } from "./command-line/command.ts";

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
    name: "sbom",
    summary: {
      fr: "écrire ce qu'une image contient : CycloneDX, SPDX ou un tableau",
      en: "write what an image holds: CycloneDX, SPDX or a table",
    },
    load: async () => (await import("./sbom/sbom.ts")).sbomCommand,
  },
  {
    name: "vulns",
    summary: {
      fr: "montrer les vulnérabilités d'une image ou d'un SBOM, et gérer les données de cette machine",
      en: "scan an image or SBOM for vulnerabilities; manage this machine's data",
    },
    load: async () => (await import("./vulns/vulns.ts")).vulnsCommand,
  },
  {
    name: "attest",
    summary: {
      fr: "signer des attestations (provenance, SBOM…) et les attacher à une image",
      en: "sign attestations (provenance, SBOM…) and attach them to an image",
    },
    load: async () => (await import("./attest/attest.ts")).attestCommand,
  },
  {
    name: "notary",
    summary: {
      fr: "signer pour les jobs qui montrent le jeton d'identité de leur forge",
      en: "sign for jobs that show their forge's identity token",
    },
    load: async () => (await import("./notary/notary.ts")).notaryCommand,
  },
  {
    name: "verify",
    summary: {
      fr: "vérifier les attestations d'une image d'après la politique de la plateforme",
      en: "verify an image's attestations by the platform's policy",
    },
    load: async () => (await import("./verify/verify.ts")).verifyCommand,
  },
  {
    name: "keys",
    summary: {
      fr: "créer les clés qui signent des attestations",
      en: "make the keys that sign attestations",
    },
    load: async () => (await import("./keys/keys.ts")).keysCommand,
  },
  {
    name: "copy",
    summary: {
      fr: "copier une image avec ses attestations",
      en: "copy an image with its attestations",
    },
    load: async () => (await import("./copy/copy.ts")).copyCommand,
  },
  {
    name: "policy",
    summary: {
      fr: "publier la politique signée dans un registre, et l'en tirer",
      en: "publish the signed policy in a registry, and pull it",
    },
    load: async () => (await import("./policy/policy.ts")).policyCommand,
  },
  {
    name: "fix",
    summary: {
      fr: "corriger des manifestes et des Dockerfiles, sans toucher au reste",
      en: "correct manifests and Dockerfiles, and touch nothing else",
    },
    load: async () => (await import("./fix/fix.ts")).fixCommand,
  },
  {
    name: "init",
    summary: {
      fr: "écrire ce qui manque à un dépôt : manifeste, réglages, pipeline",
      en: "write what a repository lacks: manifest, settings, pipeline",
    },
    load: async () => (await import("./init/init.ts")).initCommand,
  },
  {
    name: "comment",
    summary: {
      fr: "écrire un rapport en commentaire de la merge request, dans un pipeline",
      en: "write a report as a comment of the merge request, in a pipeline",
    },
    load: async () => (await import("./comment/comment.ts")).commentCommand,
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
    name: "policies",
    summary: {
      fr: "afficher des politiques d'admission pour l'API server, sans webhook",
      en: "print admission policies for the API server, without a webhook",
    },
    load: async () => (await import("./policies/policies.ts")).policiesCommand,
  },
  {
    name: "serve",
    summary: {
      fr: "décider de l'admission des pods d'un cluster, comme webhook",
      en: "decide on the admission of a cluster's pods, as a webhook",
    },
    load: async () => (await import("./serve/serve.ts")).serveCommand,
  },
  {
    name: "release",
    summary: {
      fr: "laisser entrer dans un cluster, pour quelques heures, une image qui n'a pas pu être examinée",
      en: "let an image into a cluster, for some hours, that could not be examined",
    },
    load: async () => (await import("./release/release.ts")).releaseCommand,
  },
  {
    name: "audit",
    summary: {
      fr: "vérifier et exporter le journal d'audit du serveur",
      en: "verify and export the server's audit log",
    },
    load: async () => (await import("./audit/audit.ts")).auditCommand,
  },
  {
    name: "accept",
    summary: {
      fr: "écrire l'entrée de la politique qui reconnaît qu'un constat est faux",
      en: "write the policy's entry that accepts a finding as false",
    },
    load: async () => (await import("./accept/accept.ts")).acceptCommand,
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
  {
    name: "cache",
    summary: {
      fr: "montrer ce que le cache contient, ou le vider",
      en: "show what the cache holds, or empty it",
    },
    load: async () => (await import("./cache/cache.ts")).cacheCommand,
  },
  {
    name: "completion",
    summary: {
      fr: "afficher la complétion des commandes pour bash, zsh ou fish",
      en: "print the completion of commands for bash, zsh or fish",
    },
    load: async () => (await import("./completion/completion.ts")).completionOf(COMMANDS),
  },
  {
    name: "version",
    summary: {
      fr: "afficher la version, l'édition du contrat et le commit",
      en: "show the version, the contract's edition and the commit",
    },
    load: async () => (await import("./version/version.ts")).versionCommand,
  },
];
