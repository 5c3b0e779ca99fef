import { expect, test } from "vitest";
import { resolveUser, type UserSources } from "./resolve-user.ts";

const PASSWD = "root:x:0:0::/root:/bin/sh\napp:x:1000:1001::/:/bin/sh\n";
const GROUP = "root:x:0:\napp:x:1001:app\nmedia:x:1500:web,app\nother:x:1600:web\nwrong:x:-7:app\n";

const SOURCES: UserSources = { imageUser: "", passwd: PASSWD, group: GROUP };

test.each<[string, Partial<UserSources>, readonly [number, number, readonly number[]]]>([
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
  expect(resolveUser({ ...SOURCES, ...sources })).toEqual({ user: { uid, gid, additionalGids } });
});

test.each<[string, Partial<UserSources>, RegExp]>([
  ["a name that the image does not know", { imageUser: "nobody" }, /"nobody", is not in its/],
  ["a number beyond int32 is a name", { imageUser: "4294967295" }, /"4294967295"/],
  ["a negative runAsUser", { pod: { runAsUser: -1 } }, /-1 is no user/],
  ["a group beyond int32", { pod: { fsGroup: 2 ** 31 } }, /2147483648 is no user/],
  ["an account with a negative id", { imageUser: "odd", passwd: "odd:x:-5:0\n" }, /-5 is no user/],
])("containerd refuses %s", (_, sources, problem) => {
  const resolved = resolveUser({ ...SOURCES, ...sources });
  expect("problem" in resolved ? resolved.problem.en : resolved).toMatch(problem);
});
