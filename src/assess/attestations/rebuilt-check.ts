import type { AttestationCheck } from "../../contract/attestation-facts.ts";
import { excerpts } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { OpenImage } from "../../image/source/open-image.ts";

/** Image of which only documents are compared; layers are compared by their diffIds. */
type Compared = Pick<OpenImage, "digest" | "imageId" | "configBytes" | "layers">;

/**
 * Check that another build gave the same image: the same manifest, or the same layers with a configuration
 * that differs only in dates. Compression and annotations of the manifest may differ; a container does not
 * see them.
 *
 * @param other image of the other build; undefined: no other build was named
 */
export function rebuiltCheck(image: Compared, other: Compared | undefined): AttestationCheck {
  const check = { id: "rebuilt", ignored: [] } as const;
  if (other === undefined) return { ...check, answer: "n/a", text: NOT_COMPARED };
  if (image.digest !== undefined && image.digest === other.digest)
    return { ...check, answer: "yes", text: SAME_MANIFEST };
  const layers = layerDifference(image, other);
  if (layers !== undefined) return { ...check, answer: "no", text: layers };
  const fields = differingFields(image, other);
  if (fields.length === 0) return { ...check, answer: "yes", text: SAME_CONTENT };
  const others = fields.filter((field) => !isDate(field));
  if (others.length > 0) return { ...check, answer: "no", text: configurationText(others) };
  return { ...check, answer: "yes", text: datesText(fields) };
}

/** Maximum number of fields and layers named in one sentence. */
const NAMED = 5;

function layerDifference({ layers }: Compared, other: Compared): Text | undefined {
  const [count, rebuilt] = [layers.length, other.layers.length];
  if (count !== rebuilt) {
    return {
      fr: `reproductibilité non montrée : ${count} couches, l'autre build en a ${rebuilt}`,
      en: `reproducibility not shown: ${count} layers, the other build has ${rebuilt}`,
    };
  }
  const places = layers.flatMap(({ diffId }, at) =>
    diffId === other.layers[at]?.diffId ? [] : [`${at + 1}`],
  );
  if (places.length === 0) return undefined;
  return {
    fr: `reproductibilité non montrée : ${places.length} couches sur ${count} diffèrent de l'autre build (${excerpts(places, NAMED)})`,
    en: `reproducibility not shown: ${places.length} of ${count} layers differ from the other build (${excerpts(places, NAMED)})`,
  };
}

/** Paths of fields whose values differ, sorted: `created`, `history[2].created`, `config.Env`. */
function differingFields(image: Compared, other: Compared): readonly string[] {
  const [fields, others] = [leavesOf(image), leavesOf(other)];
  const paths = [...new Set([...fields.keys(), ...others.keys()])];
  return paths.filter((path) => fields.get(path) !== others.get(path)).toSorted();
}

/**
 * Values of a configuration by path. A list (other than the history) or an object below `config` is one
 * value.
 */
function leavesOf({ configBytes }: Compared): ReadonlyMap<string, string> {
  const whole = Object.fromEntries(entriesOf(JSON.parse(new TextDecoder().decode(configBytes))));
  const { config, history, ...others } = whole;
  const { Labels: labels, ...settings } = Object.fromEntries(entriesOf(config));
  const steps = entriesOf(history).flatMap(([at, step]) => leaves(step, `history[${at}].`));
  return new Map([
    ...leaves(others, ""),
    ...leaves(settings, "config."),
    ...leaves(labels, "config.Labels."),
    ...steps,
  ]);
}

function leaves(value: unknown, path: string): readonly (readonly [string, string])[] {
  return entriesOf(value).map(([key, one]) => [`${path}${key}`, sortedJson(one)]);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** JSON with sorted keys at the top, since two builders may order sets of ports differently. */
function sortedJson(value: unknown): string {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return JSON.stringify(
    isObject ? Object.fromEntries(entriesOf(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}

/** Whether the field at this path states when something was made. */
function isDate(path: string): boolean {
  return /^(?:history\[\d+\]\.)?created$/.test(path) || DATE_LABELS.includes(path);
}

const DATE_LABELS: readonly string[] = [
  "config.Labels.org.opencontainers.image.created",
  "config.Labels.org.label-schema.build-date",
];

function configurationText(fields: readonly string[]): Text {
  return {
    fr: `reproductibilité non montrée : la configuration de l'autre build diffère (${excerpts(fields, NAMED)})`,
    en: `reproducibility not shown: the other build's configuration differs (${excerpts(fields, NAMED)})`,
  };
}

function datesText(fields: readonly string[]): Text {
  return {
    fr: `reproductible : l'autre build a les mêmes couches et la même configuration, aux dates près (${excerpts(fields, NAMED)})`,
    en: `reproducible: the other build has the same layers and configuration, except for dates (${excerpts(fields, NAMED)})`,
  };
}

const NOT_COMPARED: Text = {
  fr: "non comparée : --rebuilt IMAGE compare l'image d'un autre build",
  en: "not compared: --rebuilt IMAGE compares the image of another build",
};
const SAME_MANIFEST: Text = {
  fr: "reproductible : l'autre build a le même manifeste",
  en: "reproducible: the other build has the same manifest",
};
const SAME_CONTENT: Text = {
  fr: "reproductible : l'autre build a les mêmes couches et la même configuration",
  en: "reproducible: the other build has the same layers and configuration",
};
