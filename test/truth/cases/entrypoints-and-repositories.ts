// Row 7: whole entrypoints of images of databases, sources of frameworks' skeletons, and files left in an
// image by the users' kinds of repositories. The same files are part of `npm run truth -- material`.

import type { Cases } from "../case.ts";
import { bakedTogether } from "../given/baked.ts";
import { ENTRYPOINTS } from "../material/entrypoints.ts";
import { REPOSITORIES } from "../material/repositories.ts";
import { SKELETONS } from "../material/skeletons.ts";

const ORDINARY =
  "As the framework's or the image's own documentation asks for it: no value is written there.";

export const cases: Cases = [
  ...Object.entries(ENTRYPOINTS).map(([name, script]) =>
    bakedTogether(
      `the entrypoint of ${name}`,
      { "usr/local/bin/docker-entrypoint.sh": script },
      "yes",
      ORDINARY,
    ),
  ),
  ...Object.entries(REPOSITORIES).map(([name, files]) =>
    bakedTogether(`a repository of the kind ${name}`, files, "yes", ORDINARY),
  ),
  ...SKELETONS.map(({ name, files }) =>
    bakedTogether(
      `the sources of ${name}`,
      Object.fromEntries(Object.entries(files).map(([path, content]) => [`app/${path}`, content])),
      "yes",
      ORDINARY,
    ),
  ),
];
