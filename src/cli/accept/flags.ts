import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Flags, Values } from "../command-line/command.ts";

const SCOPES = ["workload", "repository", "digest"] as const;
export type Scope = (typeof SCOPES)[number];

export const ACCEPT_FLAGS = {
  report: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "rapport JSON où se trouve le constat (douane check --format json=FICHIER)",
      en: "JSON report with the finding (douane check --format json=FILE)",
    },
  },
  reason: {
    value: { fr: "TEXTE", en: "TEXT" },
    help: {
      fr: "pourquoi le constat est faux ; tout rapport le dit",
      en: "why it is false; every report tells it",
    },
  },
  author: {
    value: { fr: "NOM", en: "NAME" },
    help: {
      fr: "qui en répond (par défaut GITLAB_USER_EMAIL, GIT_AUTHOR_EMAIL ou EMAIL)",
      en: "who answers for it (default: GITLAB_USER_EMAIL, GIT_AUTHOR_EMAIL or EMAIL)",
    },
  },
  expires: {
    value: { fr: "AAAA-MM-JJ", en: "YYYY-MM-DD" },
    help: {
      fr: "dernier jour où il compte, dans un an au plus",
      en: "last day on which it counts, within a year",
    },
  },
  scope: {
    value: { fr: "PORTÉE", en: "SCOPE" },
    parse: parseScope,
    help: {
      fr: "où il compte : « workload », « repository » (les images de ce dépôt) ou « digest » (cette image) ; par défaut le premier que dit le rapport",
      en: "where it counts: workload, repository (its images) or digest (this image); default: the first that the report tells",
    },
  },
} as const satisfies Flags;

export type AcceptValues = Values<typeof ACCEPT_FLAGS>;

function parseScope(word: string): Scope {
  const scope = SCOPES.find((one) => one === word);
  if (scope !== undefined) return scope;
  throw new UsageError("scope-unknown", {
    fr: `--scope ${quoted(word)} : les valeurs possibles sont ${SCOPES.join(", ")}.`,
    en: `--scope ${quoted(word)}: the possible values are ${SCOPES.join(", ")}.`,
  });
}
