import type { Text } from "../../contract/text.ts";
import { type AnyCommand, type CommandEntry, type CommandGroup, isGroup } from "./command.ts";

/** A command or group with its full name: `vulns vex explain`. */
export interface LoadedEntry {
  readonly path: string;
  readonly summary: Text;
  readonly command: AnyCommand | CommandGroup;
}

/** Commands and groups of a table at all levels, each group before its commands. */
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
