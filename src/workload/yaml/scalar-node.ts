import { SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { quoted } from "../../contract/shown.ts";
import type { Dialect } from "./dialect.ts";
import type { Scalar } from "./scalar.ts";
import { resolveTagged, type TagDirectives, tagName } from "./tag.ts";
import { YamlError } from "./yaml-error.ts";

/**
 * Value of a scalar without a tag.
 *
 * @param source decoded text of the scalar
 */
export function untaggedValue(
  source: string,
  event: ScalarEvent,
  { resolve, marksKeysInFlow }: Dialect,
  inFlow: boolean,
): Scalar {
  if (event.style !== SCALAR_STYLE.PLAIN) return source;
  if (inFlow && marksKeysInFlow && source.includes("?")) throw strayMark(event);
  return finite(resolve(source), event);
}

/** Value of a scalar with a tag. @param raw the tag as written */
export function taggedValue(
  source: string,
  raw: string,
  event: ScalarEvent,
  { resolve }: Dialect,
  directives: TagDirectives,
): Scalar {
  const value = resolveTagged(tagName(raw, directives), source, resolve);
  if (value !== undefined) return finite(value, event);
  throw new YamlError(
    {
      fr: `la valeur ne convient pas à l'étiquette ${quoted(raw)}`,
      en: `the value does not fit its tag ${quoted(raw)}`,
    },
    event.tagStart,
  );
}

/**
 * Error for a `?` in brackets: go-yaml reads `{?privileged: true}` as the key `privileged`, YAML 1.2 as
 * `?privileged`; go-yaml refuses `[a?b]`.
 */
function strayMark(event: ScalarEvent): YamlError {
  return new YamlError(
    {
      fr: "« ? » entre crochets ou accolades a un sens particulier : mettre la valeur entre guillemets",
      en: "`?` between brackets or braces has a meaning of its own: quote the value",
    },
    event.valueStart,
  );
}

/** Refuses NaN and infinities: Kubernetes reads manifests as JSON, which cannot express them. */
function finite(value: Scalar, event: ScalarEvent): Scalar {
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  throw new YamlError(
    { fr: "ce nombre n'existe pas en JSON", en: "JSON has no such number" },
    event.valueStart,
  );
}
