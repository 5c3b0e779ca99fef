// The container's root file system is mounted read-only (contract 1.2; 1.1 recommends it).
//
//   securityContext.readOnlyRootFilesystem: true       proves that the root is not written
//   absent or false                                    neither fail nor proof: only a trial shows writes

import { defineRule } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { invalidAt } from "../../contract/workload-facts.ts";
import { unprovenBy } from "./fields/judge-fields.ts";
import { misplacedAt, misplacedMessage } from "./fields/misplaced.ts";

const FIELD = "securityContext.readOnlyRootFilesystem";

const REMEDY: Text = {
  fr: "Ajouter « readOnlyRootFilesystem: true » au securityContext du conteneur, et un volume emptyDir sur chaque répertoire à écrire, dont /tmp.",
  en: "Add `readOnlyRootFilesystem: true` to the container's securityContext, and an emptyDir volume at each directory to write, /tmp among them.",
};

const PLACE: Text = { fr: "le securityContext du conteneur", en: "the container's securityContext" };

export const readOnlyRootFilesystem = defineRule({
  id: "1.2-read-only-root-filesystem",
  rows: ["read-only-root"],
  title: {
    fr: "Le système de fichiers racine est monté en lecture seule",
    en: "The root file system is mounted read-only",
  },
  why: {
    fr: "Une racine en lecture seule montre par construction que l'application n'y écrit pas, et prive un attaquant d'un endroit où déposer ses outils.",
    en: "A read-only root shows by construction that the application does not write there, and leaves an attacker no place for tools.",
  },
  remedy: REMEDY,
  needs: ["workload", "placement"],
  check({ workload, placement }) {
    const path = `${placement.path}.${FIELD}`;
    const invalid = invalidAt(workload, path);
    if (invalid !== undefined) return unprovenBy(invalid);
    const value = placement.spec.securityContext?.readOnlyRootFilesystem;
    if (value === true) {
      return {
        status: "pass",
        proof: {
          fr: "le manifeste fixe « readOnlyRootFilesystem: true »",
          en: "the manifest sets `readOnlyRootFilesystem: true`",
        },
      };
    }
    const misplaced = value === undefined ? misplacedAt(workload, placement.path, FIELD) : undefined;
    const seen =
      misplaced !== undefined
        ? misplacedMessage(misplaced, PLACE)
        : value === false
          ? { fr: "readOnlyRootFilesystem vaut false", en: "readOnlyRootFilesystem is false" }
          : { fr: "readOnlyRootFilesystem n'est pas défini", en: "readOnlyRootFilesystem is not set" };
    return {
      status: "unproven",
      reason: {
        fr: `${seen.fr} : rien ne montre que l'application n'écrit pas sur le système de fichiers racine`,
        en: `${seen.en}: nothing shows that the application does not write to the root file system`,
      },
      settle: REMEDY,
    };
  },
});
