/* What came of an attempt that must fail. */

import assert from "node:assert/strict";

/** The error; it must be of this kind. */
export async function refused(attempt, kind = Error) {
  const taken = Symbol("taken");
  const outcome = await attempt.then(() => taken, (refusal) => refusal);
  assert.notEqual(outcome, taken, "this should have been refused");
  assert(outcome instanceof kind, `${outcome.name}: ${outcome.message}`);
  return outcome;
}
