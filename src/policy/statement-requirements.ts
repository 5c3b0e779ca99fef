import { z } from "zod";
import { BUILD_LEVELS, SOURCE_LEVELS, type StatementRequirements } from "../contract/attestation-policy.ts";
import { exactly } from "../contract/exactly.ts";
import { described, optional } from "../contract/i18n-meta.ts";

const common = {
  signers: described(z.array(z.string()), {
    fr: "Signataires dont cette déclaration compte ; une liste vide n'en laisse compter aucune.",
    en: "Signers whose statement of this kind counts; with an empty list none does.",
  }),
  maximumAgeDays: optional(z.int().min(1).max(3_650), {
    fr: "Âge maximal en jours, depuis le build ou la fin de l'analyse. Par défaut : 90 pour une analyse, aucun pour la provenance.",
    en: "Maximum age in days, since the build or the end of the scan. Default: 90 for a scan, none for provenance.",
  }),
};
const vexAge = optional(z.int().min(1).max(3_650), {
  fr: "Âge maximal en jours d'une déclaration VEX, d'après sa date. Par défaut : aucun.",
  en: "Maximum age in days of a VEX statement, by its date. Default: none.",
});
const scan = {
  ...common,
  asserted: optional(z.boolean(), {
    fr: "Si comptent les résultats que le job complète de sa parole (code de retour, cible). Par défaut : oui.",
    en: "Whether results count that the job completes by its word (exit code, target). Default: yes.",
  }),
};

const statements = z.strictObject({
  provenance: optional(
    z.strictObject({
      ...common,
      minimumLevel: optional(z.literal(BUILD_LEVELS), {
        fr: "Niveau de build minimal. Par défaut : 1.",
        en: "Lowest build level. Default: 1.",
      }),
    }),
    { fr: "Provenance SLSA (ligne 13).", en: "SLSA provenance (row 13)." },
  ),
  source: optional(
    z.strictObject({
      ...common,
      minimumLevel: optional(z.literal(SOURCE_LEVELS), {
        fr: "Niveau de source minimal. Par défaut : 1.",
        en: "Lowest source level. Default: 1.",
      }),
    }),
    {
      fr: "Vérification du commit construit (SLSA source track, SLSA_SOURCE_LEVEL_n) ; exigée (ligne 13) si elle est déclarée ici.",
      en: "Verification of the built commit (SLSA source track, SLSA_SOURCE_LEVEL_n); required (row 13) if it is declared here.",
    },
  ),
  sast: optional(
    z.strictObject({
      ...scan,
      secretScans: optional(z.boolean(), {
        fr: "Si une recherche de secrets (Talisman, gitleaks) vaut analyse statique. Par défaut : non.",
        en: "Whether a search for secrets (Talisman, gitleaks) counts as static analysis. Default: no.",
      }),
    }),
    { fr: "Analyse statique (lignes 13 et 15).", en: "Static analysis (rows 13 and 15)." },
  ),
  injections: optional(
    z.strictObject({
      ...scan,
      tools: optional(z.array(z.string().min(1)), {
        fr: "Outils connus pour chercher les injections, pour les rapports qui ne listent pas leurs règles : semgrep, bandit.",
        en: "Tools known to look for injections, for reports that do not list their rules: semgrep, bandit.",
      }),
    }),
    {
      fr: "Détection d'injections (ligne 13). Par défaut : comme sast.",
      en: "Detection of injections (row 13). Default: as sast.",
    },
  ),
  dast: optional(z.strictObject(scan), {
    fr: "Analyse dynamique (ligne 15).",
    en: "Dynamic analysis (row 15).",
  }),
  secrets: optional(z.strictObject(scan), {
    fr: "Recherche de secrets ; exigée (ligne 15) si elle est déclarée ici.",
    en: "Search for secrets; required (row 15) if it is declared here.",
  }),
  sbom: optional(z.strictObject({ signers: common.signers }), {
    fr: "SBOM (CycloneDX, SPDX) qui valent comme celui de l'image (ligne 14).",
    en: "SBOMs (CycloneDX, SPDX) that count as the image's own (row 14).",
  }),
  trial: optional(z.strictObject({ signers: common.signers }), {
    fr: "Observations d'essais (« douane attest --trial »), qui prouvent des exigences fortes comme celles de --evidence. Qui signe ici peut faire admettre une image qui n'a jamais tourné : y nommer qui fait lui-même l'essai, ou dont les jobs ne peuvent rien fausser.",
    en: "Observations of trials (`douane attest --trial`), which prove mandatory rows as those of --evidence do. Whoever signs here may have an image admitted that never ran: name who makes the trial, or whose jobs can forge nothing.",
  }),
  verdict: optional(z.strictObject({ signers: common.signers }), {
    fr: "Verdicts de la plateforme (SLSA VSA), que « douane verify » montre ; ils ne prouvent aucune ligne.",
    en: "Verdicts of the platform (SLSA VSA), which `douane verify` shows; they prove no row.",
  }),
  vex: optional(z.strictObject({ signers: common.signers, maximumAgeDays: vexAge }), {
    fr: "Documents OpenVEX qui lèvent des vulnérabilités (ligne 14). Qui signe ici peut lever une vulnérabilité critique : ne pas y nommer l'équipe.",
    en: "OpenVEX documents that lift vulnerabilities (row 14). Whoever signs here may lift a critical vulnerability: do not name the team.",
  }),
});

/** Requirements by kind of statement. Statements of a kind without an entry are accepted from no signer. */
export const statementsSchema = described(exactly<StatementRequirements>()(statements), {
  fr: "Qui peut déclarer quoi. Une sorte sans entrée ne peut être déclarée par personne.",
  en: "Who may state what. A kind without an entry can be stated by nobody.",
});
