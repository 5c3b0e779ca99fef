import { pathSources } from "./path-sources.ts";
import type { ShellState, SimpleEnds } from "./shell-state.ts";
import { NO_SOURCES, type StatusSources, together } from "./status.ts";
import { withKnown, wordSources } from "./words.ts";

/** Effects of a command's redirections. */
export interface Opened {
  /** Sources of standard input, if it is redirected. */
  readonly input?: StatusSources;
  /** Sources that may keep a redirection from succeeding, so that the command fails. */
  readonly failing?: StatusSources;
  /** Files that are written. */
  readonly writes: readonly string[];
}

/** Effects of redirections, such as `< /tmp/ready`, `3<>/dev/tcp/localhost/8080`, `> /tmp/answer`. */
export function openedBy(
  redirections: Parameters<SimpleEnds>[0]["redirections"],
  state: ShellState,
  simple: SimpleEnds,
): Opened {
  let input: StatusSources | undefined;
  let failing = NO_SOURCES;
  const writes: string[] = [];
  for (const { operator, target } of redirections) {
    const path = withKnown(target, state);
    const words = wordSources([target], state, simple);
    const start = operator.search(/[<>]/);
    const [descriptor, kind] = [operator.slice(0, start), operator.slice(start)];
    const isInput = kind.startsWith("<") && Number(descriptor) === 0;
    if (kind === "<" || kind === "<>" || path.startsWith("/dev/tcp/") || path.startsWith("/dev/udp/")) {
      const own = together(words, pathSources(path, state.written));
      failing = together(failing, own);
      if (isInput) input = own;
    } else if (kind === "<&") input = state.descriptors;
    else if (isInput) input = words;
    else if (kind !== ">&") writes.push(path);
  }
  return {
    writes,
    ...(input === undefined ? {} : { input }),
    ...(failing.size === 0 ? {} : { failing }),
  };
}
