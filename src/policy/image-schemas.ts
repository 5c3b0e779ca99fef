import { z } from "zod";
import { described } from "../contract/i18n-meta.ts";
import { BELOW, IMAGE, PUBLISHERS } from "./bases.ts";
import { HOST, PATH } from "./image-names.ts";

/** A repository in a policy: fully qualified, also for docker.io, so that readers need not know defaults. */
export const repositorySchema = z.string().regex(new RegExp(`^${HOST}(?:/${PATH})+$`), {
  error:
    "un dépôt avec son registre et sans tag (registry.example/equipe/portail, docker.io/library/nginx) | a repository with its registry and without tag (registry.example/team/portal, docker.io/library/nginx)",
});

/** A digest in a policy. */
export const policyDigestSchema = z.templateLiteral(["sha256:", z.string().regex(/^[0-9a-f]{64}$/)], {
  error:
    "une empreinte : sha256: et 64 chiffres hexadécimaux en minuscules | a digest: sha256: and 64 lower-case hexadecimal digits",
});

export const basesSchema = described(
  z.array(
    z.string().regex(new RegExp(`${BELOW.source}|${IMAGE.source}`), {
      error:
        "un dépôt avec son registre (registry.example/socle/java), tous ceux d'un préfixe (registry.example/socle/*) ou une image (…:21, …@sha256:…) | a repository with its registry (registry.example/base/java), all below a prefix (registry.example/base/*) or one image (…:21, …@sha256:…)",
    }),
  ),
  {
    fr: `Images de base dont le contenu n'est pas celui de l'application, une fois que le registre a confirmé que les couches inférieures de l'image sont les leurs : un dépôt (une image dit l'empreinte par son annotation org.opencontainers.image.base.digest), tous les dépôts sous un préfixe (/*), ou une image (:tag, @sha256:…). Par défaut : ${PUBLISHERS.join(", ")}.`,
    en: `Base images whose content is not the application's own, once the registry has confirmed that the image's lowest layers are theirs: a repository (an image tells the digest by its annotation org.opencontainers.image.base.digest), every repository below a prefix (/*), or one image (:tag, @sha256:…). Default: ${PUBLISHERS.join(", ")}.`,
  },
);
