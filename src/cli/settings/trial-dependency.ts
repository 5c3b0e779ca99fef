import { z } from "zod";
import { described, optional } from "../../contract/i18n-meta.ts";
import { hostName, name, port, quantity, seconds } from "./trial-values.ts";

const OF_IMAGES = ["env", "command", "args", "ready", "memory"] as const;

/** Schema of a service beside the application: an image, or only open ports. */
export const dependencySchema = z
  .strictObject({
    name: hostName,
    image: optional(z.string().min(1), {
      fr: "L'image qui s'exécute sous ce nom, d'avant la première phase à la fin de l'essai ; sources comme sur la ligne de commande. Sans image, les ports sont ouverts et ne disent rien.",
      en: "The image that runs under this name, from before the first phase to the end of the trial; sources as on the command line. Without one, the ports are open and say nothing.",
    }),
    ports: optional(z.array(port).min(1), {
      fr: "Ports TCP que l'application appelle ; par défaut, EXPOSE de l'image.",
      en: "TCP ports that the application calls; default: EXPOSE of the image.",
    }),
    env: optional(z.record(name, z.string()), {
      fr: "Variables de l'image. Leurs valeurs n'apparaissent jamais dans les preuves.",
      en: "Variables of the image. Values never appear in evidence.",
    }),
    command: optional(z.array(z.string()).min(1), {
      fr: "À la place d'ENTRYPOINT de l'image.",
      en: "In place of the image's ENTRYPOINT.",
    }),
    args: optional(z.array(z.string()), {
      fr: "À la place de CMD de l'image.",
      en: "In place of the image's CMD.",
    }),
    ready: optional(
      z.strictObject({
        exec: optional(z.array(z.string()).min(1), {
          fr: "Une commande qui y est lancée jusqu'à ce qu'elle finisse par 0, en plus d'une connexion à chaque port.",
          en: "A command that is run in it until it ends with 0, besides a connection to each port.",
        }),
        timeout: described(seconds(1), {
          fr: "Secondes à attendre qu'elle soit prête ; 60 par défaut.",
          en: "Seconds to wait until it is ready; default 60.",
        }),
      }),
      { fr: "Quand elle peut servir.", en: "When it can be used." },
    ),
    memory: optional(quantity, {
      fr: "Mémoire de l'image ; 1Gi par défaut.",
      en: "Memory of the image; default 1Gi.",
    }),
  })
  .refine(({ image, ports }) => image !== undefined || ports !== undefined, {
    error: "une image, ou des ports (ouverts, muets) | an image, or ports (open, silent)",
  })
  .refine((one) => one.image !== undefined || OF_IMAGES.every((key) => one[key] === undefined), {
    error: `${OF_IMAGES.join(", ")} : seulement avec image | ${OF_IMAGES.join(", ")}: with image only`,
  });
