import { z } from "zod";
import { described, optional } from "../contract/i18n-meta.ts";
import { ATTESTED_REPOSITORY, SOURCE } from "./attestation-texts.ts";

/** Fields for the image repositories that a project fills. */
export const SOURCE_APPLICATION = {
  source: described(SOURCE, {
    fr: "URI du projet : https://gitlab.example/equipe/portail ; ou son début et /*.",
    en: "URI of the project: https://gitlab.example/team/portal; or its beginning and /*.",
  }),
  repositories: described(z.array(ATTESTED_REPOSITORY).min(1), {
    fr: "Dépôts d'images qu'il remplit : registry.example/equipe/portail. Si la source finit par /*, eux aussi : le même chemin y est attendu.",
    en: "Image repositories that it fills: registry.example/team/portal. If the source ends in /*, so do they: the same path is expected in both.",
  }),
  refs: optional(z.array(z.string().regex(/^[^\s*]{1,255}\*?$/)).min(1), {
    fr: "Références Git admises : refs/heads/main, refs/tags/*. Par défaut toutes.",
    en: "Git references that count: refs/heads/main, refs/tags/*. Default: all.",
  }),
};

/** Whether only one of source and repositories ends in a wildcard: their paths could then not be compared. */
export function isHalfOpen({
  source,
  repositories,
}: {
  source: string;
  repositories: readonly string[];
}): boolean {
  return repositories.some((one) => one.endsWith("/*") !== source.endsWith("/*"));
}

export const HALF_OPEN =
  "source et dépôts finissent tous par /*, ou aucun | source and repositories all end in /*, or none does";
