import type { Migration } from "kysely/migration";
import { up as store } from "./0001-store.ts";
import { up as audit } from "./0002-audit.ts";
import { up as examination } from "./0003-examination.ts";
import { up as running } from "./0005-running.ts";
import { up as release } from "./0006-release.ts";
import { up as rejudge } from "./0008-rejudge.ts";
import { up as changes } from "./0009-changes.ts";
import { up as gracePeriods } from "./0010-grace-periods.ts";

/** All migrations in order. None is changed after a release, and none can be undone. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-store": { up: store },
  "0002-audit": { up: audit },
  "0003-examination": { up: examination },
  "0005-running": { up: running },
  "0006-release": { up: release },
  "0008-rejudge": { up: rejudge },
  "0009-changes": { up: changes },
  "0010-grace-periods": { up: gracePeriods },
};
