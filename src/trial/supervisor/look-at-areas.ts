import type { WriteEvent } from "../../contract/trial-facts.ts";
import { changesIn } from "./changes.ts";
import { reportChanges } from "./look-back.ts";
import type { Member, Pod } from "./pod.ts";
import { EMPTY_TREE, readTree, type Tree } from "./tree.ts";

/**
 * What was written to the pod's volumes, once no container of the pod runs.
 *
 * @param ran since it was last looked
 */
export function lookAtAreas(pod: Pod, ran: readonly Member[]): void {
  for (const { source, files } of pod.plan.areas) {
    if (files !== undefined) continue;
    const before = pod.areas.get(source) ?? EMPTY_TREE;
    const after = readTree(source);
    // That something came and went in it tells nothing: it is there to be written to.
    pod.areas.set(source, { entries: after.entries, cut: after.cut });
    const writers = ran.flatMap((member) => {
      const view = member.plan.writes.find((one) => one.source === source);
      return view === undefined ? [] : [{ member, path: view.path }];
    });
    const users = new Set(writers.map(({ member }) => userOf(member)));
    for (const { member, path } of writers) {
      const own = (tree: Tree): Tree => writtenBy(tree, userOf(member), users);
      const trees = { directory: source, before: own(before), after: own(after) };
      const { writes, cut } = changesIn(path, trees, () => undefined);
      const alike = writers.filter((one) => userOf(one.member) === userOf(member)).length > 1;
      const isUnsure = (write: WriteEvent): boolean => {
        const inside = write.path.slice(path.length);
        const owner = (after.entries.get(inside) ?? before.entries.get(inside))?.uid;
        return alike || (users.size > 1 && owner !== userOf(member));
      };
      reportChanges(
        member,
        { directory: source, area: path },
        { writes: writes.map((write) => (isUnsure(write) ? { ...write, unsure: true } : write)), cut },
      );
    }
  }
}

function userOf({ plan }: Member): number {
  return plan.config.process.user.uid;
}

/** Who wrote a file of a shared volume can only be told from its owner: what is nobody's may be anyone's. */
function writtenBy(tree: Tree, user: number, users: ReadonlySet<number>): Tree {
  if (users.size < 2) return tree;
  const entries = [...tree.entries].filter(([, { uid }]) => uid === user || !users.has(uid));
  return { ...tree, entries: new Map(entries) };
}
