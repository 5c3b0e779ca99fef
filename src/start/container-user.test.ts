import { expect, test } from "vitest";
import {
  type AccountFiles,
  HIGHEST_ID,
  requestedUser,
  resolveUser,
  type UserSources,
} from "./container-user.ts";

const PASSWD = "root:x:0:0::/root:/bin/sh\napp:x:1000:1001::/:/bin/sh\n";
const GROUP = "root:x:0:\napp:x:1001:app\nmedia:x:1500:web,app\nother:x:1600:web\nwrong:x:-7:app\n";

type Sources = Partial<UserSources & AccountFiles>;

function resolved({ passwd = PASSWD, group = GROUP, ...sources }: Sources) {
  return resolveUser({ imageUser: "", ...sources }, { passwd, group });
}

test.each<[string, Sources, readonly [number, number, readonly number[]]]>([
  ["no USER is root", {}, [0, 0, [0]]],
  ["a number has its account's groups", { imageUser: "1000" }, [1_000, 1_001, [1_001, 1_500]]],
  ["a number without an account has group 0", { imageUser: "4711" }, [4_711, 0, [0]]],
  ["a name is looked up", { imageUser: "app" }, [1_000, 1_001, [1_001, 1_500]]],
  ["the kubelet drops the image's group", { imageUser: "4711:4712" }, [4_711, 0, [0]]],
  ["a group without a user is root", { imageUser: ":1000" }, [0, 0, [0]]],
  ["an image without accounts", { imageUser: "1000", passwd: "", group: "" }, [1_000, 0, [0]]],
  ["runAsUser wins", { imageUser: "app", pod: { runAsUser: 5 } }, [5, 0, [0]]],
  ["the container's before the pod's", { container: { runAsUser: 6 }, pod: { runAsUser: 5 } }, [6, 0, [0]]],
  ["runAsUser has its account, too", { pod: { runAsUser: 1_000 } }, [1_000, 1_001, [1_001, 1_500]]],
  [
    "runAsGroup wins over the account's",
    { imageUser: "app", container: { runAsGroup: 7 } },
    [1_000, 7, [7, 1_500]],
  ],
  [
    "supplementalGroups and fsGroup come last, none twice",
    { imageUser: "app", pod: { supplementalGroups: [9, 1_500], fsGroup: 2_000 } },
    [1_000, 1_001, [1_001, 1_500, 9, 2_000]],
  ],
])("%s", (_, sources, [uid, gid, additionalGids]) => {
  expect(resolved(sources)).toEqual({ user: { uid, gid, additionalGids } });
});

test.each<[string, Sources, object]>([
  ["a name that the image does not know", { imageUser: "nobody" }, { unknown: "nobody" }],
  ["a number beyond int32, which is a name", { imageUser: "4294967295" }, { unknown: "4294967295" }],
  ["a negative number, which is a name", { imageUser: "-1" }, { unknown: "-1" }],
  ["a negative runAsUser", { pod: { runAsUser: -1 } }, { invalid: -1 }],
  ["a group beyond int32", { pod: { fsGroup: HIGHEST_ID + 1 } }, { invalid: HIGHEST_ID + 1 }],
  ["an account with a negative id", { imageUser: "odd", passwd: "odd:x:-5:0\n" }, { invalid: -5 }],
  [
    "an account whose id is none to anyone, though containerd cuts it to 0",
    { imageUser: "odd", passwd: "odd:x:4294967296:0\n" },
    { invalid: 4_294_967_296 },
  ],
])("nobody can be %s", (_, sources, problem) => {
  expect(resolved(sources)).toEqual(problem);
});

test("who is asked for does not depend on the image's accounts", () => {
  const pod = { runAsGroup: 6, fsGroup: 7, supplementalGroups: [9, 8, 9] };
  expect(requestedUser({ imageUser: "app:media", pod, container: { runAsGroup: 5 } })).toEqual({
    runAs: "app",
    runAsGroup: 5,
    fsGroup: 7,
    supplementalGroups: [8, 9],
  });
  expect(requestedUser({ imageUser: "+0:5" })).toStrictEqual({ runAs: "0", supplementalGroups: [] });
});

test("only the policy Strict leaves out the groups of the account", () => {
  const asked = (supplementalGroupsPolicy: string) => {
    const pod = { supplementalGroupsPolicy, supplementalGroups: [9] };
    return [requestedUser({ imageUser: "app", pod }), resolved({ imageUser: "app", pod })];
  };
  expect(asked("Strict")).toStrictEqual([
    { runAs: "app", supplementalGroups: [9], supplementalGroupsPolicy: "Strict" },
    { user: { uid: 1_000, gid: 1_001, additionalGids: [1_001, 9] } },
  ]);
  expect(asked("Merge")).toStrictEqual([
    { runAs: "app", supplementalGroups: [9] },
    { user: { uid: 1_000, gid: 1_001, additionalGids: [1_001, 1_500, 9] } },
  ]);
});
