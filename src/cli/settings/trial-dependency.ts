import { z } from "zod";
import { i18nMeta } from "../../contract/i18n-meta.ts";
import { hostName, name, port, quantity, seconds } from "./trial-values.ts";

const OF_IMAGES = ["env", "command", "args", "ready", "memory"] as const;

/** Schema of a service beside the application: an image, or only open ports. */
export const dependencySchema = z
  .strictObject({
    name: hostName,
    image: z
      .string()
      .min(1)
      .exactOptional()
      .meta(
        i18nMeta({
          fr: "L'image qui s'exécute sous ce nom, d'avant la première phase à la fin de l'essai ; sources comme sur la ligne de commande. Sans image, les ports sont ouverts et ne disent rien.",
          en: "The image that runs under this name, from before the first phase to the end of the trial; sources as on the command line. Without one, the ports are open and say nothing.",
        }),
      ),
    ports: z
      .array(port)
      .min(1)
      .exactOptional()
      .meta(
        i18nMeta({
          fr: "Ports TCP que l'application appelle ; par défaut, EXPOSE de l'image.",
          en: "TCP ports that the application calls; default: EXPOSE of the image.",
        }),
      ),
    env: z
      .record(name, z.string())
      .exactOptional()
      .meta(
        i18nMeta({
          fr: "Variables de l'image. Leurs valeurs n'apparaissent jamais dans les preuves.",
          en: "Variables of the image. Values never appear in evidence.",
        }),
      ),
    command: z
      .array(z.string())
      .min(1)
      .exactOptional()
      .meta(
        i18nMeta({ fr: "À la place d'ENTRYPOINT de l'image.", en: "In place of the image's ENTRYPOINT." }),
      ),
    args: z
      .array(z.string())
      .exactOptional()
      .meta(i18nMeta({ fr: "À la place de CMD de l'image.", en: "In place of the image's CMD." })),
    ready: z
      .strictObject({
        exec: z
          .array(z.string())
          .min(1)
          .exactOptional()
          .meta(
            i18nMeta({
              fr: "Une commande qui y est lancée jusqu'à ce qu'elle finisse par 0, en plus d'une connexion à chaque port.",
              en: "A command that is run in it until it ends with 0, besides a connection to each port.",
            }),
          ),
        timeout: seconds(1).meta(
          i18nMeta({
            fr: "Secondes à attendre qu'elle soit prête ; 60 par défaut.",
            en: "Seconds to wait until it is ready; default 60.",
          }),
        ),
      })
      .exactOptional()
      .meta(i18nMeta({ fr: "Quand elle peut servir.", en: "When it can be used." })),
    memory: quantity
      .exactOptional()
      .meta(
        i18nMeta({ fr: "Mémoire de l'image ; 1Gi par défaut.", en: "Memory of the image; default 1Gi." }),
      ),
  })
  .refine(({ image, ports }) => image !== undefined || ports !== undefined, {
    error: "une image, ou des ports (ouverts, muets) | an image, or ports (open, silent)",
  })
  .refine((one) => one.image !== undefined || OF_IMAGES.every((key) => one[key] === undefined), {
    error: `${OF_IMAGES.join(", ")} : seulement avec image | ${OF_IMAGES.join(", ")}: with image only`,
  });
