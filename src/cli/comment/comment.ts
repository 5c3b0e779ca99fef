import { defineCommand } from "../command-line/command.ts";
import { COMMENT_FLAGS } from "./flags.ts";
import { runComment } from "./run-comment.ts";

export const commentCommand = defineCommand({
  description: {
    fr: "Écrit un rapport Markdown en commentaire de la merge request dont c'est le pipeline, toujours le même commentaire, mis à jour sur place ; et, avec --exit, un statut du commit. Sur GitLab, un jeton d'accès de projet dans DOUANE_GITLAB_TOKEN ; sur GitHub, GITHUB_TOKEN. Sans jeton ou sans merge request, le dit et n'échoue pas.",
    en: "Writes a Markdown report as a comment of the merge request whose pipeline this is, always the same comment, updated in place; and, with --exit, a status of the commit. On GitLab, a project access token in DOUANE_GITLAB_TOKEN; on GitHub, GITHUB_TOKEN. Without a token or a merge request it says so, and does not fail.",
  },
  operand: {
    name: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "un rapport écrit par --format markdown=FICHIER",
      en: "a report written by --format markdown=FILE",
    },
  },
  flags: COMMENT_FLAGS,
  examples: [
    {
      line: {
        fr: "douane comment douane.md --exit 1 --name douane-image",
        en: "douane comment douane.md --exit 1 --name douane-image",
      },
      says: {
        fr: "dans un pipeline, après douane check --format markdown=douane.md",
        en: "in a pipeline, after douane check --format markdown=douane.md",
      },
    },
  ],
  run: runComment,
});
