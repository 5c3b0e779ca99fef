import type { ConfigSecretFacts } from "../contract/config-object-facts.ts";
import { byContent } from "./command-secrets.ts";
import type { KeyValues } from "./config-object.ts";
import { namedSecret } from "./credential-files.ts";
import { maskValue, secretId } from "./mask.ts";
import { inMountOptions } from "./mount-options.ts";
import { maskText } from "./scan.ts";
import { mergeSpans } from "./spans.ts";

/** The secrets among the options and attributes by which a volume is mounted. @param object `PersistentVolume/data` */
export function secretsOfStorage(object: string, values: KeyValues): readonly ConfigSecretFacts[] {
  return [...values].flatMap(([key, bytes]) => {
    const text = Buffer.from(bytes).toString("utf8");
    const named = namedSecret({ name: key, value: text, start: 0, end: text.length });
    const spans = mergeSpans(text, [...byContent(text), ...inMountOptions(text), ...named]);
    return spans.map(({ kind, confidence, value }) => {
      return {
        key: maskText(key),
        kind,
        confidence,
        masked: maskValue(value),
        id: secretId(kind, `${object} ${key}`, value),
      };
    });
  });
}
