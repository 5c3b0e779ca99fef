import { LIMITS } from "../contract/limits.ts";
import { foldCase } from "./fold-case.ts";
import { percentView } from "./percent-view.ts";
import type { SecretSpan } from "./spans.ts";
import { valueForms } from "./value-forms.ts";
import { ValueIndex, type ValueSpan } from "./value-index.ts";
import { valuePieces } from "./value-pieces.ts";

/** Searches texts for secret values, in the forms in which programs print values. */
export class ValueSearch {
  readonly #exact: ValueIndex;
  readonly #folded: ValueIndex;

  /** @param values secret values of at least four characters each */
  constructor(values: readonly string[]) {
    const forms = values.map(valueForms);
    const pieces = piecesOf(values);
    this.#exact = new ValueIndex([...forms, ...pieces].flatMap(({ exact }) => exact));
    this.#folded = new ValueIndex([...forms, ...pieces].flatMap(({ folded }) => folded));
  }

  /** Spans of the values in a text, including percent-encoded values; spans may overlap. */
  spans(text: string): readonly SecretSpan[] {
    const view = percentView(text);
    const { text: decoded, offsets } = view ?? { text: "", offsets: [] };
    const encoded = this.#spans(decoded).map(
      ([start, end]): ValueSpan => [offsets[start] ?? 0, offsets[end] ?? text.length],
    );
    return [...this.#spans(text), ...encoded].map(([start, end]) => {
      return { kind: "given", confidence: "confirmed", start, end, value: text.slice(start, end) };
    });
  }

  #spans(text: string): readonly ValueSpan[] {
    return [...this.#exact.spans(text), ...this.#folded.spans(foldCase(text))];
  }
}

/** Pieces of the values, up to LIMITS.secretPieces: of further values only whole forms are searched. */
function piecesOf(values: readonly string[]): readonly ReturnType<typeof valuePieces>[] {
  let most: number = LIMITS.secretPieces;
  return values.flatMap((value) => {
    // The lines of a value are values, too.
    if (most <= 0 || value.includes("\n")) return [];
    const pieces = valuePieces(value);
    most -= pieces.exact.length + pieces.folded.length;
    return [pieces];
  });
}
