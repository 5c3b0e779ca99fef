/** A here-document of RUN, COPY or ADD. */
export interface Heredoc {
  readonly name: string;
  /** `<<-`: tabs at the beginning of its lines are left out. */
  readonly chomp: boolean;
  /** The delimiter is unquoted, so variables are expanded. */
  readonly expand: boolean;
  readonly content: string;
  /** The first line of its content. */
  readonly line: number;
}

const CAN_HOLD = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;
const EXEC_FORM = /^(?:ONBUILD\s+)?\w+\s+(?:--\S+\s+)*\[\s*(?:"|\])/i;
/** BuildKit refuses a quotation without an end; here it runs to the end, so that no word is tried twice. */
const WORD = /(?:"(?:[^"\\]|\\[^])*"?|'[^']*'?|\\[^]|[^\s"'\\])+/g;
const HEREDOC = /^\d*<<(-?)([^<]+)$/;

/** The here-documents that this instruction announces, as BuildKit finds them: each is a word of its own. */
export function heredocsOf(text: string): readonly Omit<Heredoc, "content" | "line">[] {
  if (!text.includes("<<") || !CAN_HOLD.test(text) || EXEC_FORM.test(text)) return [];
  return [...text.matchAll(WORD)].flatMap(([word]) => {
    const [, dash, quoted = ""] = HEREDOC.exec(word) ?? [];
    const name = quoted.replace(/["']|\\(?=.)/g, "");
    return name === "" ? [] : [{ name, chomp: dash === "-", expand: name === quoted }];
  });
}
