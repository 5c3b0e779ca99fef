// Every layer of the image was read (contract 1.4): an unread layer may contain state or configuration.
//
// A foreign layer (application/vnd.docker.image.rootfs.foreign…, "nondistributable" in OCI) names its
// content by an address outside the registry, and is not fetched: the row stays unproven.

import { defineRule } from "../../contract/rule.ts";
import { unlessUnread } from "./unread-layers.ts";

const ID = "1.4-layers-read";

export const layersRead = defineRule({
  id: ID,
  rows: ["no-baked-state"],
  title: { fr: "Toutes les couches de l'image ont été lues", en: "Every layer of the image was read" },
  why: {
    fr: "Une couche qui n'a pas été lue peut contenir un secret, une configuration ou un état : son silence ne prouve rien.",
    en: "A layer that was not read may hold a secret, configuration or state: nothing can be concluded from it.",
  },
  remedy: {
    fr: "Pousser l'image entière : le registre doit contenir toutes ses couches.",
    en: "Push the complete image: the registry must hold every layer.",
  },
  needs: ["image"],
  check({ image }) {
    const entries = image.layers.reduce((sum, layer) => sum + layer.entries, 0);
    return unlessUnread(image, {
      status: "pass",
      proof: {
        fr: `couches lues : ${image.layers.length} (${entries} entrées)`,
        en: `layers read: ${image.layers.length} (${entries} entries)`,
      },
    });
  },
});
