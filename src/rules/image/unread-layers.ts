import type { ImageFacts } from "../../contract/image-facts.ts";
import type { Outcome } from "../../contract/rule.ts";
import type { Lang } from "../../contract/text.ts";

/** Turns a pass into unproven if a layer was not read, since that layer may contain anything. */
export function unlessUnread(image: Pick<ImageFacts, "layers">, outcome: Outcome): Outcome {
  const unread = image.layers.flatMap(({ unread: reason, digest, diffId }) =>
    reason === undefined ? [] : [{ reason, digest: digest ?? diffId }],
  );
  const list = (lang: Lang) => unread.map(({ reason, digest }) => `${digest} (${reason[lang]})`).join(", ");
  if (unread.length === 0 || outcome.status !== "pass") return outcome;
  return {
    status: "unproven",
    reason: {
      fr: `couches non lues : ${list("fr")}`,
      en: `layers not read: ${list("en")}`,
    },
    settle: {
      fr: "Pousser l'image entière : le registre doit contenir toutes ses couches.",
      en: "Push the complete image: the registry must hold every layer.",
    },
    ...(outcome.notes === undefined ? {} : { notes: outcome.notes }),
  };
}
