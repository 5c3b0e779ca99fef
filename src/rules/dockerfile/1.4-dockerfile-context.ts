// A .dockerignore excludes files that must not enter the build (contract 1.4).
//
// Applies only if the Dockerfile's own folder can be the build's context and contains .env or .git.
//
//   no .dockerignore, an .env, COPY . in a stage that the image keeps        presumed fail
//   no .dockerignore, a .git, or COPY . in a discarded stage                 note
//   a .dockerignore; no COPY of the whole folder; nothing to hide            silent

import type { CopyFacts } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { finalStages, placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { environmentFile } from "../image/environment-files.ts";

const ID = "1.4-dockerfile-context";

export const dockerfileContext = defineRule({
  id: ID,
  rows: ["no-baked-state"],
  title: {
    fr: "Un .dockerignore tient .env et .git à l'écart de l'image",
    en: "A .dockerignore keeps .env and .git away from the image",
  },
  why: {
    fr: "« COPY . » embarque tout ce que .dockerignore n'exclut pas : fichiers .env du poste, historique git, dépendances installées ailleurs.",
    en: "`COPY .` takes all that .dockerignore does not exclude: .env files of the workstation, the git history, dependencies installed elsewhere.",
  },
  remedy: {
    fr: "Ajouter un fichier .dockerignore à la racine du contexte, qui nomme ce que l'image ne doit pas contenir (.env, .git).",
    en: "Add a .dockerignore file at the context's root that names what the image must not hold (.env, .git).",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) => unlessRefused(facts, (dockerfile) => judge(dockerfile)),
});

function judge(dockerfile: BuildableDockerfile): Outcome {
  const { context, stages } = dockerfile;
  const copy = stages.flatMap(({ copies }) => copies).find(isWhole);
  const holds = context?.ignored === false && copy !== undefined ? context.holds.filter(isForeign) : [];
  const kept = finalStages(dockerfile)
    .flatMap(({ copies }) => copies)
    .find(isWhole);
  const settings = holds.filter((name) => name.startsWith(".env"));
  if (settings.length > 0 && kept !== undefined) {
    return { status: "fail", presumed: true, findings: [finding(dockerfile, holds, kept)] };
  }
  return {
    status: "pass",
    proof: {
      fr: "rien ne montre que .env entre dans l'image par COPY",
      en: "nothing shows that .env gets into the image by COPY",
    },
    notes: copy === undefined || holds.length === 0 ? [] : [finding(dockerfile, holds, kept ?? copy)],
  };
}

/** Whether an entry should be in no image: repository history, or settings of one environment. */
function isForeign(name: string): boolean {
  return name === ".git" || environmentFile(`/${name}`)?.kind === "dotenv";
}

/** Whether the instruction copies the whole context: `COPY . .`. */
function isWhole({ from, sources }: CopyFacts): boolean {
  return from === undefined && sources.some((source) => /^\.?\/?$/.test(source) && source !== "");
}

function finding(dockerfile: BuildableDockerfile, holds: readonly string[], { at }: CopyFacts): Finding {
  const names = excerpt(holds.join(", "));
  return {
    message: {
      fr: `le contexte n'a pas de .dockerignore et contient ${names}, que cette copie emporte`,
      en: `there is no .dockerignore, so this copy includes ${names}`,
    },
    remedy: {
      fr: `Ajouter à la racine du contexte un fichier .dockerignore qui contient les lignes : ${names}.`,
      en: `Add a .dockerignore file with these lines at the context's root: ${names}.`,
    },
    fingerprint: fingerprint(ID, ...holds),
    at: placeIn(dockerfile, at),
  };
}
