import { z } from "zod";

/** `registry/path`, the registry as a host, and neither tag nor digest. */
const REPOSITORY =
  /^(?:[a-zA-Z0-9-]+(?=[.:])(?:\.[a-zA-Z0-9-]+)*|localhost|\[[a-fA-F0-9:]+\])(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+$/;

/** A repository as policies name it: in full, for docker.io too, so that nobody has to know defaults. */
export const repositorySchema = z.string().regex(REPOSITORY, {
  error:
    "un dépôt avec son registre et sans tag (registry.example/equipe/portail, docker.io/library/nginx) | a repository with its registry and without tag (registry.example/team/portal, docker.io/library/nginx)",
});

/** A Digest. */
export const policyDigestSchema = z.templateLiteral(["sha256:", z.string().regex(/^[0-9a-f]{64}$/)], {
  error:
    "une empreinte : sha256: et 64 chiffres hexadécimaux en minuscules | a digest: sha256: and 64 lower-case hexadecimal digits",
});
