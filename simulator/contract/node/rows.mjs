/* What a client program found, one JSON object per line on stdout: {client, operation, passed, detail}. */

import { reset } from "./control.mjs";

/**
 * Each operation finds the simulator as at its start, asserts what it expects and returns what it saw, in a few words.
 *
 * @param {string} client
 * @param {Record<string, () => Promise<string>>} operations
 */
export async function run(client, operations) {
  for (const [operation, attempt] of Object.entries(operations)) {
    await reset();
    const row = await outcome(attempt);
    console.log(JSON.stringify({ client, operation, ...row }));
  }
}

async function outcome(attempt) {
  try {
    return { passed: true, detail: await attempt() };
  } catch (problem) {
    return { passed: false, detail: `${problem.name}: ${problem.message}`.replaceAll(/\s*\n\s*/g, " ") };
  }
}
