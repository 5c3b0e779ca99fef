import type { Flags, Values } from "../command-line/command.ts";
import { CONNECTION_FLAGS } from "../command-line/connection-flags.ts";

export const COPY_FLAGS = {
  force: {
    help: {
      fr: "remplacer l'image que la destination a déjà sous ce tag",
      en: "replace the image that the destination has under this tag already",
    },
  },
  ...CONNECTION_FLAGS,
} as const satisfies Flags;

export type CopyValues = Values<typeof COPY_FLAGS>;
