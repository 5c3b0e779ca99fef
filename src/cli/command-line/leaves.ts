import type { Text } from "../../contract/text.ts";
import { type AnyCommand, type CommandEntry, type CommandGroup, isGroup } from "./command.ts";

/** A command or a group, by all the words that lead to it: `vulns vex explain`. */
export interface LoadedEntry {
  readonly path: string;
  readonly summary: Text;
  readonly command: AnyCommand | CommandGroup;
}

/** A table of commands with everything below them, each group before its own. */
export async function loadedEntries(
  table: readonly CommandEntry[],
  above = "",
): Promise<readonly LoadedEntry[]> {
  const loaded = await Promise.all(
    table.map(async (entry) => {
      const { name, summary } = entry;
      const path = above === "" ? name : `${above} ${name}`;
      const command = await entry.load();
      const below = isGroup(command) ? await loadedEntries(command.subcommands, path) : [];
      return [{ path, summary, command }, ...below];
    }),
  );
  return loaded.flat();
}
