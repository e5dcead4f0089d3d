// Planted for the fences: a promise that nobody waits for, a default export and an import without its ending.
import { now } from '../kernel/clock';

async function save(): Promise<void> {}

export default function handle(): unknown {
  save();
  return now;
}
