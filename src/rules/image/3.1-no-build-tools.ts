// The final image contains no compiler and no SDK (contract 3.1 and 3.3: images without build dependencies).
//
//   cc1, cc1plus, clang, rustc, cargo, go, javac (JDK), the .NET SDK, ghc, swift, nvcc   fail
//   npm, yarn, pnpm, pip, composer                                                       note
//   make, cmake, maven, gradle, TypeScript among the dependencies                        note
//   /usr/lib/gcc with libgcc_s only, perl, a broken link `cc`, a file that is not
//   executable, or that a later layer deletes                                            silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { BUILD_TOOL_FILES, type FoundTool, findBuildTools } from "./build-tools.ts";
import { layerPlace } from "./layer-place.ts";
import { unlessUnread } from "./unread-layers.ts";

const ID = "3.1-no-build-tools";

export const noBuildTools = defineRule({
  id: ID,
  rows: ["minimal"],
  title: {
    fr: "L'image finale ne contient ni compilateur ni SDK",
    en: "The final image holds neither compiler nor SDK",
  },
  why: {
    fr: "Un compilateur ne sert qu'à construire ; à l'exécution, il alourdit l'image et offre un outil à un intrus.",
    en: "A compiler serves the build alone; at run time it makes the image heavy and hands a tool to whoever breaks in.",
  },
  remedy: {
    fr: "Construire en plusieurs étapes (multi-stage) et ne copier dans l'étape finale que l'application et ses dépendances de production.",
    en: "Build in several stages (multi-stage) and copy into the final one only the application and its production dependencies.",
  },
  needs: ["image"],
  files: BUILD_TOOL_FILES,
  check({ image }) {
    const tools = findBuildTools(image.files);
    const notes = tools.filter(({ kind }) => kind !== "sdk").map((tool) => finding(image, tool));
    return unlessUnread(
      image,
      outcomeOf(
        { findings: tools.filter(({ kind }) => kind === "sdk").map((tool) => finding(image, tool)), notes },
        {
          fr: "ni compilateur ni SDK dans le système de fichiers de l'image",
          en: "neither compiler nor SDK in the image's file system",
        },
      ),
    );
  },
});

function finding(image: ImageFacts, { name, kind, file }: FoundTool): Finding {
  const path = excerpt(file.path);
  const what =
    kind === "manager"
      ? { fr: "gestionnaire de paquets de langage", en: "a language's package manager" }
      : { fr: "outil de construction", en: "build tool" };
  return {
    message: {
      fr: `${what.fr} dans l'image : ${name} (${path})`,
      en: `${what.en} in the image: ${name} (${path})`,
    },
    fingerprint: fingerprint(ID, name, file.path),
    at: layerPlace(image, file),
  };
}
