import type { Text } from "../../../contract/text.ts";
import { compose } from "../../../workload/yaml/compose.ts";
import { type Dialect, SETTINGS } from "../../../workload/yaml/dialect.ts";
import type { Places } from "../../../workload/yaml/mapping.ts";
import { parse } from "../../../workload/yaml/parse.ts";
import { type Position, positionsIn } from "../../../workload/yaml/position.ts";
import { YamlError } from "../../../workload/yaml/yaml-error.ts";
import { settingsError } from "./settings-error.ts";

/** A YAML document with the positions of its values and keys. */
export interface YamlFile {
  readonly value: unknown;
  /** Position of the value at the path; if the value is missing, of its nearest existing parent. */
  positionOf(path: readonly PropertyKey[]): Position;
  positionOfKey(path: readonly PropertyKey[], key: string): Position;
}

const ONE_DOCUMENT: Text = {
  fr: "un seul document YAML est attendu",
  en: "one YAML document is expected",
};

/**
 * Parses YAML 1.2 with its core schema, within the bounds of manifests; a UsageError `settings-invalid` names
 * the place. An empty file is an empty mapping.
 *
 * @param dialect dialect of a file that is not douane's: COMPOSE
 */
export function parseYaml(source: string, file: string, dialect: Dialect = SETTINGS): YamlFile {
  const text = source.replace(/^\uFEFF/, "");
  const positionAt = positionsIn(text);
  const [places, valuePlaces]: readonly [Places, Places] = [new Map(), new Map()];
  try {
    const [first, second] = compose(text, parse(text), { places, valuePlaces, dialect });
    if (second !== undefined) throw new YamlError(ONE_DOCUMENT, second.offset);
    const root: Located = { value: first?.value ?? {}, offset: first?.offset ?? 0 };
    return {
      value: root.value,
      positionOf: (path) => positionAt(follow(root, path, valuePlaces).offset),
      positionOfKey(path, key) {
        const { value, offset } = follow(root, path, valuePlaces);
        return positionAt(placeIn(value, key, places) ?? offset);
      },
    };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw settingsError(file, positionAt(error.offset), error.text, { cause: error });
  }
}

interface Located {
  readonly value: unknown;
  readonly offset: number;
}

/** Follows the path as far as values exist. */
function follow(root: Located, path: readonly PropertyKey[], valuePlaces: Places): Located {
  let at = root;
  for (const part of path) {
    const offset = placeIn(at.value, part, valuePlaces);
    if (offset === undefined) break;
    at = { value: Reflect.get(at.value as object, part), offset };
  }
  return at;
}

function placeIn(value: unknown, part: PropertyKey, places: Places): number | undefined {
  if (typeof value !== "object" || value === null || typeof part === "symbol") return undefined;
  return places.get(value)?.get(part);
}
