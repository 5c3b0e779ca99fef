import type { ImageFacts, RawImage, SecretFacts } from "../contract/image-facts.ts";
import { byContent } from "./command-secrets.ts";
import { mapTexts, type TextPlace } from "./map-texts.ts";
import { maskValue, secretId } from "./mask.ts";
import { masked } from "./masked.ts";
import { mergeSpans, replaceSpans, type SecretSpan } from "./spans.ts";

/** As the user named the image. */
const STAYS = ["source"];
/** What a secret in them says of the image. */
const DECLARED: readonly unknown[] = ["config", "history", "annotations"];
/** Fields whose texts are masked while the layers stream by, when their bytes are at hand. */
const STREAMED: readonly unknown[] = ["content", "script"];

/** What was seen of an image, whoever saw it, with every secret in it masked. */
export function maskImage(raw: RawImage): ImageFacts {
  return maskTexts(raw, () => false);
}

/** The same of an image whose layers this run read, or knew: what they hold was masked then. */
export function maskCollectedImage(raw: RawImage): ImageFacts {
  return maskTexts(raw, ({ path }) => STREAMED.includes(path.at(-1)));
}

function maskTexts(raw: RawImage, isMasked: (place: TextPlace) => boolean): ImageFacts {
  const found = new Map<string, SecretFacts>();
  const facts = mapTexts(
    raw,
    (text, place) => {
      const spans = isMasked(place) ? [] : byContent(text);
      if (spans.length === 0) return text;
      for (const span of spans) {
        const secret = secretIn(span, place);
        if (secret !== undefined) found.set(secret.id, secret);
      }
      return replaceSpans(text, mergeSpans(text, spans));
    },
    STAYS,
  );
  if (found.size === 0) return masked(facts);
  return masked({ ...facts, secrets: [...facts.secrets, ...found.values()] });
}

/** Of what the image declares; what its layers hold was found there. */
function secretIn({ kind, confidence, value }: SecretSpan, { path }: TextPlace): SecretFacts | undefined {
  if (!DECLARED.includes(path[0])) return undefined;
  const names = path.filter((segment) => typeof segment === "string");
  const name = names.slice(0, 2 - Number(path[0] === "annotations")).join(".");
  const id = secretId(kind, `field ${name}`, value);
  return { kind, confidence, at: { in: "field", name }, masked: maskValue(value), id };
}
