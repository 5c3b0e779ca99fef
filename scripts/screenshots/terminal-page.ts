/** Lines of a terminal that a picture shows. */
const SHOWN = 46;

/** SGR codes that the reports use: bold, dim, red, green, yellow, cyan… */
const STYLES: ReadonlyMap<string, string> = new Map([
  ["1", "font-weight: 700"],
  ["2", "opacity: .7"],
  ["31", "color: #ff8a80"],
  ["32", "color: #7fd699"],
  ["33", "color: #f0c069"],
  ["34", "color: #8ab4f8"],
  ["35", "color: #d7a6ff"],
  ["36", "color: #7fd6d6"],
]);

/** An HTML page that shows coloured text like a terminal. */
export function terminalPage(text: string, lang: string): string {
  const lines = text.split("\n");
  const shown = lines.length > SHOWN ? [...lines.slice(0, SHOWN), "…"] : lines;
  return `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><title>douane</title>
<style>body { margin: 0; background: #14181c; color: #e8ecf0; }
pre { margin: 0; padding: 16px 20px; font: 13px/1.4 "DejaVu Sans Mono", monospace; }</style>
<pre>${shown.map(coloured).join("\n")}</pre></html>
`;
}

function coloured(line: string): string {
  const styles = new Map<string, string>();
  const [plain = "", ...parts] = line.split("\u001b[");
  const styled = parts.map((part) => {
    const end = part.indexOf("m");
    for (const code of part.slice(0, end).split(";")) change(styles, code);
    const text = escaped(part.slice(end + 1));
    return styles.size === 0 ? text : `<span style="${[...styles.values()].join("; ")}">${text}</span>`;
  });
  return [escaped(plain), ...styled].join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** 22 ends bold and dim, 39 the colour; another code that is not known ends all. */
function change(styles: Map<string, string>, code: string): void {
  const style = STYLES.get(code);
  if (style !== undefined) styles.set(code.length === 1 ? `weight ${code}` : "colour", style);
  else if (code === "22") for (const weight of ["weight 1", "weight 2"]) styles.delete(weight);
  else if (code === "39") styles.delete("colour");
  else styles.clear();
}
