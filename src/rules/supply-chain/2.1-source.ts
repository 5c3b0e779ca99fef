// The provenance's source is a project that may push to the image's repository (contract 2.1), at an allowed Git
// reference: `applications` of the policy. A repository that no entry names is a fail.

import { defineRule } from "../../contract/rule.ts";
import { attestedOutcome } from "./attested.ts";

const ID = "2.1-source";

export const attestedSource = defineRule({
  id: ID,
  rows: ["provenance"],
  title: {
    fr: "La source de l'image est un projet que la politique associe à son dépôt",
    en: "The image's source is a project that the policy maps to its repository",
  },
  why: {
    fr: "Une provenance authentique d'un autre projet ne dit rien de cette application.",
    en: "A genuine provenance of another project says nothing about this application.",
  },
  remedy: {
    fr: "Construire l'image dans le projet et sur la référence Git que la politique associe à ce dépôt, ou demander à la plateforme d'ajouter l'application (`applications`).",
    en: "Build the image in the project and at the Git reference that the policy maps to this repository, or ask the platform to add the application (`applications`).",
  },
  needs: ["attestations"],
  check: ({ attestations }) => attestedOutcome(ID, "source", attestations),
});
