import type { Place } from "../../contract/finding.ts";
import type { ImageFacts, SecretFacts } from "../../contract/image-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { inheritance } from "./base-layers.ts";
import { layerPlace } from "./layer-place.ts";

/** Place of a secret in an image, for findings, with the way to remove it. */
export interface SecretPlace {
  readonly name: Text;
  readonly at: Place;
  readonly removal: Text;
}

export function secretPlace(image: ImageFacts, { at }: SecretFacts): SecretPlace {
  switch (at.in) {
    case "file":
      return filePlace(image, at);
    case "env": {
      const name = `ENV ${excerpt(at.name)}`;
      return {
        name: { fr: `dans ${name}`, en: `in ${name}` },
        at: { path: `config.Env[${at.name}]` },
        removal: { fr: `Retirer ${name} du Dockerfile`, en: `Take ${name} out of the Dockerfile` },
      };
    }
    case "label": {
      const name = `LABEL ${excerpt(at.name)}`;
      return {
        name: { fr: `dans ${name}`, en: `in ${name}` },
        at: { path: `config.Labels[${at.name}]` },
        removal: { fr: `Retirer ${name} de l'image`, en: `Take ${name} out of the image` },
      };
    }
    case "history":
      return {
        name: {
          fr: `dans l'historique de l'image (étape ${at.step}), lisible par quiconque la télécharge`,
          en: `in the image's history (step ${at.step}), readable by whoever pulls it`,
        },
        at: { path: `history[${at.step}]` },
        removal: {
          fr: "Remplacer ARG ou ENV par un secret de construction : RUN --mount=type=secret,id=NOM …",
          en: "Replace ARG or ENV by a build secret: RUN --mount=type=secret,id=NAME …",
        },
      };
    case "field": {
      const name = excerpt(at.name);
      return {
        name: { fr: `dans le champ ${name} de l'image`, en: `in the field ${name} of the image` },
        at: { path: name },
        removal: { fr: `Retirer la valeur du champ ${name}`, en: `Take the value out of the field ${name}` },
      };
    }
    default:
      return commandPlace(at);
  }
}

function commandPlace(_at: Extract<SecretFacts["at"], { readonly in: "command" }>): SecretPlace {
  return {
    name: { fr: "dans la commande de démarrage", en: "in the start command" },
    at: { path: "config.Cmd" },
    removal: { fr: "Retirer la valeur de la commande", en: "Take the value out of the command" },
  };
}

function filePlace(image: ImageFacts, at: Extract<SecretFacts["at"], { readonly in: "file" }>): SecretPlace {
  const path = excerpt(at.path);
  const inside = at.inside === undefined ? "" : excerpt(at.inside);
  const line = at.line === 0 ? { fr: "", en: "" } : { fr: `, ligne ${at.line}`, en: `, line ${at.line}` };
  const where =
    inside === ""
      ? { fr: `dans ${path}${line.fr}`, en: `in ${path}${line.en}` }
      : { fr: `dans ${path} (${inside}${line.fr})`, en: `in ${path} (${inside}${line.en})` };
  const testOf =
    at.testOf === undefined
      ? { fr: "", en: "" }
      : {
          fr: `, livré à tous par le paquet ${excerpt(at.testOf)} (test, exemple, documentation, configuration d'origine ou bibliothèque)`,
          en: `, which the package ${excerpt(at.testOf)} ships to everybody (a test, an example, documentation, an original setting or a library)`,
        };
  const hidden =
    at.hidden === undefined
      ? { fr: "", en: "" }
      : {
          fr: ", supprimé par une couche suivante mais toujours lisible dans l'image",
          en: ", deleted by a later layer but still readable in the image",
        };
  const inherited = inheritance(image, at.layer);
  return {
    name: {
      fr: `${where.fr}${testOf.fr}${inherited.fr}${hidden.fr}`,
      en: `${where.en}${testOf.en}${inherited.en}${hidden.en}`,
    },
    at: { ...layerPlace(image, at), ...(at.line === 0 ? {} : { line: at.line }) },
    removal: {
      fr: `Exclure ${path} de l'image (.dockerignore, ou RUN --mount=type=secret si la construction en a besoin)`,
      en: `Keep ${path} out of the image (.dockerignore, or RUN --mount=type=secret where the build needs it)`,
    },
  };
}
