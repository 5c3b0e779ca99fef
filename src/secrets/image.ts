import type { ImageFacts, RawImage, SecretFacts } from "../contract/image-facts.ts";
import { byContent } from "./command-secrets.ts";
import { mapTexts, type TextPlace } from "./map-texts.ts";
import { maskValue, secretId } from "./mask.ts";
import { masked } from "./masked.ts";
import { mergeSpans, replaceSpans, type SecretSpan } from "./spans.ts";

/** Fields kept unmasked: the image as the user typed it. */
const STAYS = ["source"];
/** Fields in which a secret was declared by the image itself. */
const DECLARED: readonly unknown[] = ["config", "history", "annotations"];
/** Fields that are masked while layers are streamed, when their bytes are available. */
const STREAMED: readonly unknown[] = ["content", "script"];

/** Whether a text is one of those fields, or a part of one: settings are read in masked texts. */
function isStreamed({ path }: TextPlace): boolean {
  return STREAMED.includes(path.at(-1)) || (path[0] === "files" && path[2] === "settings");
}

/** Facts of an image from any source, with every secret masked. */
export function maskImage(raw: RawImage): ImageFacts {
  return maskTexts(raw, () => false);
}

/** Facts of an image whose layers this run collected or had cached: the layers' texts are masked already. */
export function maskCollectedImage(raw: RawImage): ImageFacts {
  return maskTexts(raw, isStreamed);
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

/** A secret in a declared field. Secrets in layers are recorded while the layers are read. */
function secretIn({ kind, confidence, value }: SecretSpan, { path }: TextPlace): SecretFacts | undefined {
  if (!DECLARED.includes(path[0])) return undefined;
  const names = path.filter((segment) => typeof segment === "string");
  const name = names.slice(0, 2 - Number(path[0] === "annotations")).join(".");
  const id = secretId(kind, `field ${name}`, value);
  return { kind, confidence, at: { in: "field", name }, masked: maskValue(value), id };
}
