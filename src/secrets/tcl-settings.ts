import type { SettingValue } from "./setting-values.ts";

const NAME = "(?:::)?(?:\\w{1,40}::){0,3}(?:\\w{1,60}\\()?(?<name>[\\w.-]{1,60})\\)?";
const QUOTED = '"(?<quoted>[^"\\\\$[\\n]{1,300})"|\\{(?<braced>[^{}\\n]{1,300})\\}';
/** `set password "x"`, `variable password {x}`, `set cfg(password) x`. */
const SET = new RegExp(
  `(?:^|[;{])[ \\t]{0,40}(?:(?:dict[ \\t]{1,10}set[ \\t]{1,10}\\w{1,60}|set)|variable)[ \\t]{1,20}${NAME}[ \\t]{1,20}(?:${QUOTED}|(?<bare>[^\\s"{}[\\]$;\\\\]{4,300}))`,
  "dgm",
);
/** An option of a command: `-password "x"`. */
const OPTION = new RegExp(`(?<=[ \\t])-(?<name>[a-z_]{2,40})[ \\t]{1,20}(?:${QUOTED})`, "dg");
/** A pair of a list over several lines: `array set cfg {`, then `password x`. */
const PAIR =
  /^[ \t]{1,40}(?<name>[\w.-]{2,60})[ \t]{1,40}(?:"(?<quoted>[^"\\$[\n]{4,300})"|(?<bare>[^\s"{}[\]$;\\]{4,300}))[ \t\r]{0,10}$/dgm;
/** Answer of a script of Expect to a program that asks for a password. */
const SENT =
  /(?:[Pp]?assw(?:or)?d|[Pp]?assphrase)[^\n]{0,60}\s{0,40}\{?\s{0,40}(?:exp_)?send(?:_user)?[ \t]{1,10}(?:-- )?"(?<quoted>[^"\\$[\n]{4,300})\\[rn]"/dg;

/** Values that a script of Tcl or Expect sets. Those that commands compute (`$x`, `[read $f]`) are no literals. */
export function tclValues(text: string): readonly SettingValue[] {
  const own = text.replace(COMMENT, (comment) => " ".repeat(comment.length));
  return [SET, OPTION, PAIR, SENT].flatMap((pattern) =>
    [...own.matchAll(pattern)].flatMap(({ groups, indices }) => {
      const group = ["quoted", "braced", "bare"].find((one) => groups?.[one] !== undefined) ?? "";
      const [start, end] = indices?.groups?.[group] ?? [0, 0];
      const value = { name: groups?.["name"] ?? "password", value: text.slice(start, end), start, end };
      return [pattern === PAIR || group === "bare" ? { ...value, isLoose: true as const } : value];
    }),
  );
}

const COMMENT = /(?:^|;)[ \t]{0,40}#[^\n]{0,2000}/gm;
