// The image was made by a tool, without a Dockerfile (contract 3.3, recommended).
//
// Declarations of the builder in an image can be forged and are inherited from the base: the topmost step of
// the history above the base decides, and a pass says "declared by the image". Signed provenance proves more.
//
//   buildpacks, Spring Boot, ko, Jib, apko, Bazel, Nix, douane, containerify on top     pass
//   BuildKit's Dockerfile frontend, docker, buildah, podman, kaniko on top              fail
//   buildpack labels, UBI's io.buildah.version label: no influence, since Dockerfile images inherit them
//   no history, an import, a squash, another BuildKit frontend                          unproven

import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type FoundBuilder, topmostBuilder } from "./builders.ts";

const ID = "3.3-builder";

export const builder = defineRule({
  id: ID,
  rows: ["no-dockerfile"],
  title: {
    fr: "L'image est construite par un outil, sans Dockerfile",
    en: "The image is built by a tool, without a Dockerfile",
  },
  why: {
    fr: "Écrire un bon Dockerfile demande une expertise que ces outils apportent : utilisateur non-root, base minimale, couches reproductibles, SBOM.",
    en: "A good Dockerfile takes an expertise that these tools bring along: non-root user, minimal base, reproducible layers, SBOM.",
  },
  remedy: {
    fr: "Construire avec Cloud Native Buildpacks (pack build), Spring Boot (./mvnw spring-boot:build-image), ko (Go) ou Jib (Java). Si un Dockerfile est inévitable, le découper en plusieurs étapes (multi-stage).",
    en: "Build with Cloud Native Buildpacks (pack build), Spring Boot (./mvnw spring-boot:build-image), ko (Go) or Jib (Java). Where a Dockerfile cannot be avoided, split it into stages (multi-stage).",
  },
  needs: ["image"],
  check({ image }) {
    const found = topmostBuilder(image);
    if (found === undefined) return undetermined(image);
    return found.builder.dockerfile === true ? refuse(found) : accept(found);
  },
});

function accept({ builder: { name } }: FoundBuilder): Outcome {
  return {
    status: "pass",
    proof: {
      fr: `déclaré par l'image : construite par ${name}`,
      en: `declared by the image: built by ${name}`,
    },
  };
}

function refuse({ builder: { name }, path, step }: FoundBuilder): Outcome {
  const written = excerpt(step);
  return {
    status: "fail",
    findings: [
      {
        message: {
          fr: `l'historique montre un Dockerfile (${name}) : ${written}`,
          en: `the history shows a Dockerfile (${name}): ${written}`,
        },
        fingerprint: fingerprint(ID, name),
        at: { path },
      },
    ],
  };
}

function undetermined({ history }: ImageFacts): Outcome {
  return {
    status: "unproven",
    reason: reason(history),
    settle: {
      fr: "Construire sans aplatir ni importer l'image, avec un outil qui signe sa provenance.",
      en: "Build without squashing or importing the image, with a tool that signs its provenance.",
    },
  };
}

function reason(history: ImageFacts["history"]): Text {
  const comments = history.map(({ comment, createdBy }) => `${createdBy} ${comment ?? ""}`).join("\n");
  if (history.length === 0) return { fr: "l'image n'a pas d'historique", en: "the image has no history" };
  if (/imported from|^[ \t]*merge sha256:/im.test(comments)) {
    return {
      fr: "l'image a été importée ou aplatie : son historique ne dit plus qui l'a construite",
      en: "the image was imported or squashed: its history no longer says who built it",
    };
  }
  if (comments.includes("buildkit.exporter.image.v0")) {
    return {
      fr: "l'image a été construite par BuildKit, sans que l'historique dise à partir de quoi",
      en: "the image was built by BuildKit, but the history does not say from what",
    };
  }
  return {
    fr: "l'historique ne porte la marque d'aucun outil connu",
    en: "the history bears the mark of no known tool",
  };
}
