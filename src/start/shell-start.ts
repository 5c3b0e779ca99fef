import { shellForm } from "../shell/shells.ts";
import { commandName, unwrap } from "../shell/wrappers.ts";
import type { StartableImage } from "./startable-image.ts";

/** A start that is a text for a shell: `sh -c TEXT`. */
export interface ShellStart {
  readonly script: string;
  /** Name of the shell's program after following links (`busybox` for Alpine's /bin/sh); `sh` if unknown. */
  readonly shell: string;
}

/** Wrappers that exec the command, so that it becomes PID 1. */
const REPLACED =
  /^(?:exec|env|nice|ionice|nohup|setsid|stdbuf|setpriv|chroot|chpst|gosu|su-exec|setuidgid|s6-setuidgid|with-contenv)$/;

/** Shell text of PID 1; undefined for a start without a shell text. */
export function shellStart({ program }: Pick<StartableImage, "program">): ShellStart | undefined {
  let words = program.argv;
  while (REPLACED.test(commandName(words[0]))) {
    const { inner } = unwrap(words);
    if (inner.length === 0) return undefined;
    words = inner;
  }
  const script = shellForm(words);
  if (script === undefined) return undefined;
  const file = program.steps.find(({ name }) => name === words[0])?.file;
  return { script, shell: commandName(file ?? words[0]) };
}
