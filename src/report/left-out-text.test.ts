import { expect, test } from "vitest";
import { leftOutText } from "./left-out-text.ts";

test.each([
  [
    { by: "exclude", files: ["a.yaml"], count: 1 },
    "left out by --exclude: 1 file (a.yaml).",
    "laissé de côté par --exclude : 1 fichier (a.yaml).",
  ],
  [
    { by: "douaneignore", files: ["a", "b", "c", "d"], count: 7 },
    "left out by .douaneignore: 7 files (a, b, c, …).",
    "laissé de côté par .douaneignore : 7 fichiers (a, b, c, …).",
  ],
  [
    { by: "outside", files: ["a"], count: 1 },
    "not followed, the link leads out of the folder that is judged: 1 link (a).",
    "non suivi, le lien mène hors du répertoire jugé : 1 lien (a).",
  ],
  [
    { by: "packages", files: ["a/node_modules"], count: 1 },
    "left out, packages of npm (naming the folder judges it): 1 folder (a/node_modules).",
    "laissé de côté, paquets de npm (nommer le répertoire le juge) : 1 répertoire (a/node_modules).",
  ],
] as const)("%j", (leftOut, en, fr) => {
  expect(leftOutText(leftOut)).toEqual({ fr, en });
});
