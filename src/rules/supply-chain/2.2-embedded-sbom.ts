// The image embeds an SBOM in SPDX or CycloneDX (contract 2.2).
//
//   a document that is read, has its format's shape, names packages and is not about
//     another image: in a layer, in the application's own jar, in a buildpack's layer, in
//     BuildKit's attestation beside the image, or in one that a signer of the policy signed   pass, named
//   no document                                                                            fail
//   only documents that do not count: not readable, invalid, empty, about another image,
//     deleted by a later layer, links, a dependency's own                                  fail, each
//   only documents that could not be read (too long, not in the source); a layer that was not read  unproven
//
// A document has its format's shape if the fields read here have types and values that the format's schema allows.
// The complete official schema is not applied: fields that no tool reads may violate it.
//
// 2.2-sbom-coverage judges whether the SBOM names the packages of the image.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import type { FoundSbom, SbomFacts } from "../../contract/sbom-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { andOthers } from "./others.ts";
import { documentPath, documentPlace, documentText, stateText } from "./sbom-words.ts";

const ID = "2.2-embedded-sbom";

/** Maximum number of documents named in one sentence, and listed in a report. */
const NAMED = 3;
const LISTED = 10;

type Layers = Pick<ImageFacts, "layers">;

export const embeddedSbom = defineRule({
  id: ID,
  rows: ["sbom"],
  title: {
    fr: "L'image embarque un SBOM lisible, qui a la forme de SPDX ou de CycloneDX",
    en: "The image embeds an SBOM that can be read and has the shape of SPDX or CycloneDX",
  },
  why: {
    fr: "Sans inventaire, personne ne sait dire, le jour où une vulnérabilité est publiée, si cette image la contient.",
    en: "Without an inventory, it is unknown whether this image is affected on the day a vulnerability is published.",
  },
  remedy: {
    fr: "Décrire l'image construite (`douane sbom IMAGE --format cyclonedx=sbom.cdx.json`), puis poser le document dans une dernière couche, sous un nom en .cdx.json ou .spdx.json (`COPY sbom.cdx.json /usr/share/sbom/`). Les buildpacks le font d'eux-mêmes (/layers/sbom/launch) ; le greffon CycloneDX de Spring Boot le fait pour le jar seul.",
    en: "Describe the image once it is built (`douane sbom IMAGE --format cyclonedx=sbom.cdx.json`), then add the document in a last layer, under a name that ends in .cdx.json or .spdx.json (`COPY sbom.cdx.json /usr/share/sbom/`). Buildpacks do this automatically (/layers/sbom/launch); Spring Boot's CycloneDX plugin does it for the jar only.",
  },
  needs: ["sbom"],
  uses: ["image"],
  check({ sbom, image }) {
    const { documents } = sbom;
    const valid = documents.filter(({ state }) => state === "valid");
    const others = documents.filter(({ state }) => state !== "valid");
    if (valid.length > 0) return embedded(valid, others, image);
    if (image?.layers.some(({ unread }) => unread !== undefined) === true) return UNREAD_LAYERS;
    const [tooLong, ...more] = documents.filter(({ state }) => state === "too-long");
    if (tooLong !== undefined) return unread(tooLong, more.length);
    const own = others.filter(({ state }) => state !== "dependency");
    const [first, ...rest] = own.slice(0, LISTED).map((one) => finding(one, image));
    return { status: "fail", findings: first === undefined ? [none(sbom)] : [first, ...rest] };
  },
});

function embedded(
  valid: readonly FoundSbom[],
  others: readonly FoundSbom[],
  image: Layers | undefined,
): Outcome {
  const shown = (lang: Lang) =>
    valid
      .slice(0, NAMED)
      .map((one) => `${excerpt(documentPath(one))} (${documentText(one)[lang]})`)
      .join(", ");
  const more = valid.length - NAMED;
  return {
    status: "pass",
    proof: {
      fr: `SBOM de l'image : ${shown("fr")}${andOthers(more, "fr")}`,
      en: `SBOM of the image: ${shown("en")}${andOthers(more, "en")}`,
    },
    notes: others
      .filter(({ state }) => state !== "dependency" && state !== "hidden")
      .slice(0, LISTED)
      .map((one) => finding(one, image)),
  };
}

function finding(found: FoundSbom, image: Layers | undefined): Finding {
  const path = excerpt(documentPath(found));
  const { fr, en } = stateText(found);
  return {
    message: { fr: `SBOM sans valeur : ${path}, ${fr}`, en: `SBOM of no value: ${path}, ${en}` },
    fingerprint: fingerprint(ID, documentPath(found), found.state),
    at: documentPlace(found, image),
  };
}

function none({ documents }: SbomFacts): Finding {
  const isOfDependencies = documents.length > 0;
  return {
    message: {
      fr: `l'image n'embarque pas de SBOM${isOfDependencies ? " : seules des dépendances ont le leur, qui ne décrit qu'elles" : ""}`,
      en: `the image embeds no SBOM${isOfDependencies ? ": only dependencies have theirs, which describe them alone" : ""}`,
    },
    fingerprint: fingerprint(ID, "none"),
  };
}

function unread(first: FoundSbom, more: number): Outcome {
  const path = excerpt(documentPath(first));
  const { fr, en } = first.problem ?? BOUNDS;
  return {
    status: "unproven",
    reason: {
      fr: `un SBOM n'a pas pu être lu : ${path}${andOthers(more, "fr")} (${excerpt(fr)})`,
      en: `an SBOM could not be read: ${path}${andOthers(more, "en")} (${excerpt(en)})`,
    },
    settle: {
      fr: "En poser un dans l'image, sans les fichiers de chaque paquet (`douane sbom IMAGE --format cyclonedx=sbom.cdx.json`).",
      en: "Add one to the image, without the files of each package (`douane sbom IMAGE --format cyclonedx=sbom.cdx.json`).",
    },
  };
}

const BOUNDS: Text = {
  fr: "plus grand que ce qui est lu : bornes embeddedSbomBytes, sbomComponents",
  en: "too large to be read: bounds embeddedSbomBytes, sbomComponents",
};

const UNREAD_LAYERS: Outcome = {
  status: "unproven",
  reason: {
    fr: "aucun SBOM trouvé, mais une couche n'a pas été lue, et peut en contenir un",
    en: "no SBOM found, but a layer that may contain one was not read",
  },
  settle: {
    fr: "Pousser l'image entière : le registre doit contenir toutes ses couches.",
    en: "Push the complete image: the registry must hold every layer.",
  },
};
