// Files in the image that only the build or the team needs (contract 1.4): notes, never a refusal.
//
//   .git, with the history of the code         note
//   test folders of the application            note
//   lock files of Node, Python, PHP            note (Bundler reads its own at run time: silent)
//   the same inside dependencies and the base  silent

import type { FileSelector } from "../../contract/file-selector.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { FileFacts, ImageFacts } from "../../contract/image-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { isSelected } from "../../contract/selector-index.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { isBaseLayer, seemsBaseLayer } from "./base-layers.ts";
import { isDependency } from "./dependency-trees.ts";
import { layerPlace } from "./layer-place.ts";

const ID = "1.4-leftovers";
const OUTSIDE = /^(?!.*\/(?:node_modules|site-packages|dist-packages|gems|vendor)\/)/;

interface Leftover {
  readonly selector: FileSelector;
  readonly what: Text;
  /** Set if the build needs the file: npm ci, poetry install and similar commands fail without it. */
  readonly forBuild?: true;
}

const LEFTOVERS: readonly Leftover[] = [
  {
    selector: { type: "directory", names: [".git"], pattern: OUTSIDE },
    what: {
      fr: "le dépôt Git, avec tout l'historique du code",
      en: "the Git repository, with the code's whole history",
    },
  },
  {
    selector: {
      type: "directory",
      names: ["__tests__", "tests", "test", "spec", "e2e", "cypress"],
      pattern: OUTSIDE,
    },
    what: { fr: "un répertoire de tests", en: "a test folder" },
  },
  {
    selector: {
      type: "file",
      names: [
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "poetry.lock",
        "Pipfile.lock",
        "uv.lock",
        "composer.lock",
      ],
      pattern: OUTSIDE,
    },
    what: { fr: "un fichier de verrouillage des dépendances", en: "a lock file of dependencies" },
    forBuild: true,
  },
];

export const leftovers = defineRule({
  id: ID,
  rows: ["twelve-factor"],
  title: {
    fr: "L'image finale ne garde rien de la construction",
    en: "The final image keeps nothing of the build",
  },
  why: {
    fr: "Tests, historique Git et fichiers de construction alourdissent l'image et renseignent un attaquant, sans servir à l'exécution.",
    en: "Tests, Git history and build files make the image larger and inform an attacker, without any use at run time.",
  },
  remedy: {
    fr: "Ne copier dans l'étape finale que le résultat de la construction ; ce dont la construction ne se sert pas (.git, tests) peut être exclu par .dockerignore.",
    en: "Copy only the build's result into the final stage; what the build does not use (.git, tests) can be kept out by .dockerignore.",
  },
  needs: ["image"],
  files: LEFTOVERS.map(({ selector }) => selector),
  check({ image }) {
    const notes = LEFTOVERS.flatMap((leftover) => {
      const found = image.files.filter((candidate) => matches(leftover, candidate));
      // A file of the application is a better example than a file that the base image may contain.
      const file = found.find(({ layer }) => !maybeBaseLayer(image, layer)) ?? found[0];
      return file === undefined ? [] : [note(image, leftover, file)];
    });
    return {
      status: "pass",
      proof: {
        fr: `restes de la construction relevés (.git, tests, fichiers de verrouillage) : ${notes.length}`,
        en: `leftovers of the build noted (.git, tests, lock files): ${notes.length}`,
      },
      notes,
    };
  },
});

function maybeBaseLayer(image: ImageFacts, layer: number): boolean {
  return isBaseLayer(image, layer) || seemsBaseLayer(image, layer);
}

function matches({ selector }: Leftover, file: FileFacts): boolean {
  return isSelected(selector, file) && !isDependency(file.path);
}

function note(image: ImageFacts, { what, forBuild }: Leftover, file: FileFacts): Finding {
  const path = excerpt(file.path);
  return {
    message: { fr: `l'image contient ${what.fr} : ${path}`, en: `the image holds ${what.en}: ${path}` },
    remedy:
      forBuild === true
        ? {
            fr: `Ne pas copier ${path} dans l'étape finale, ou l'y supprimer dans le RUN qui installe les dépendances ; la construction en a besoin : pas de .dockerignore.`,
            en: `Do not copy ${path} into the final stage, or remove it in the RUN that installs the dependencies; the build needs it, so keep it out of .dockerignore.`,
          }
        : {
            fr: `Ne pas copier ${path} dans l'étape finale, ou l'ajouter à .dockerignore si la construction ne s'en sert pas.`,
            en: `Do not copy ${path} into the final stage, or add it to .dockerignore if the build does not use it.`,
          },
    fingerprint: fingerprint(ID, file.path),
    at: layerPlace(image, file),
  };
}
