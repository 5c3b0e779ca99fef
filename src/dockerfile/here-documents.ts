/** A here-document of RUN, COPY or ADD. */
export interface Heredoc {
  readonly name: string;
  /** Whether tabs at the beginning of lines are left out, as with `<<-`. */
  readonly chomp: boolean;
  /** Whether variables are expanded, because the delimiter is unquoted. */
  readonly expand: boolean;
  readonly content: string;
  /** Number of the content's first line. */
  readonly line: number;
}

const CAN_HOLD = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;
const EXEC_FORM = /^(?:ONBUILD\s+)?\w+\s+(?:--\S+\s+)*\[\s*(?:"|\])/i;
/**
 * Word of an instruction. BuildKit refuses an unclosed quotation; here, it extends to the end, so that no
 * word is tried twice.
 */
const WORD = /(?:"(?:[^"\\]|\\[^])*"?|'[^']*'?|\\[^]|[^\s"'\\])+/g;
const HEREDOC = /^\d*<<(-?)([^<]+)$/;

/** Here-documents of this instruction, found as BuildKit finds them: each `<<NAME` is a separate word. */
export function heredocsOf(text: string): readonly Omit<Heredoc, "content" | "line">[] {
  if (!text.includes("<<") || !CAN_HOLD.test(text) || EXEC_FORM.test(text)) return [];
  return [...text.matchAll(WORD)].flatMap(([word]) => {
    const [, dash, quoted = ""] = HEREDOC.exec(word) ?? [];
    const name = quoted.replace(/["']|\\(?=.)/g, "");
    return name === "" ? [] : [{ name, chomp: dash === "-", expand: name === quoted }];
  });
}
