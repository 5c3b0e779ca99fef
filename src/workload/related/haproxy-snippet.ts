import { gravest, type Snippet } from "./nginx-snippet.ts";

/** Number of characters of a snippet that are read; the rest is unknown. */
const MOST = 20_000;
const SHOWN = 40;

/** Lua scripts and programs that HAProxy starts. */
const CODE = /\blua[.-]|^(?:external-check|program|use-service)\b|\buse-service\b/;
/** Files of the controller that are answered or read. */
const FILES = /^errorfiles?\b|\s(?:lf-)?file\s/;
/** Directives about the application's own requests and answers. */
const ORDINARY =
  /^(?:acl|compression|filter compression|option|rate-limit|redirect|retries|timeout|http-(?:after-response|request|response) (?:add-header|allow|capture|del-header|deny|redirect|replace-(?:header|path|uri|value)|set-(?:header|method|path|query|uri|var\S*|status)|track-sc\d))(?:\s|$)/;

/** Reads a snippet of HAProxy (https://docs.haproxy.org/3.0/configuration.html): a directive a line. */
export function haproxySnippet(text: string): Snippet {
  if (text.length > MOST) return { does: "unknown", directive: "" };
  const lines = text.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
  return gravest(lines.filter((line) => line !== "" && !line.startsWith("#")).map(directive));
}

function directive(line: string): Snippet {
  const name = line.split(" ", 2).join(" ").slice(0, SHOWN);
  if (CODE.test(line)) return { does: "runs-code", directive: name };
  if (FILES.test(line)) return { does: "reads-files", directive: name };
  return { does: ORDINARY.test(line) ? "ordinary" : "unknown", directive: name };
}
