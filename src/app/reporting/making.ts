// Reports that this process is making: what takes up to a minute in a large office goes on while nobody waits for it. A report is
// published in one transaction at its end, so that what a crash cuts off was never there, and is begun again.

import type { PersonId } from '../../domain/registry/person.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../casework/ports.ts';
import type { Published } from './ports.ts';
import { publishReport, type ReportingPorts, type Share } from './publish.ts';

export type Making = {
  readonly by: PersonId;
  /** How it ended; rejected where that was a defect. */
  readonly ended: Promise<Outcome<Published, Refusal>>;
  readonly share: () => Share;
  readonly isOver: () => boolean;
  /** Hears of each change, the end included. Gives the way to stop. */
  readonly listen: (heard: () => void) => () => void;
};

export type ReportMaking = {
  /** Begins to publish what somebody else proposed, unless somebody has begun and is at it. */
  readonly begin: (actor: Actor, period: string, read: string) => Making;
  /** What is being made, or ended otherwise than with a report and was not told to whoever began it. */
  readonly of: (period: string) => Making | undefined;
  /** Whoever began it was told how it ended. */
  readonly told: (period: string) => void;
};

export function reportMaking(ports: ReportingPorts): ReportMaking {
  const all = new Map<string, Making>();
  return {
    of: (period) => all.get(period),
    told: (period) => void all.delete(period),
    begin: (actor, period, read) => {
      const before = all.get(period);
      if (before !== undefined && !before.isOver()) return before;
      const listeners = new Set<() => void>();
      let share: Share = { done: 0, total: 0 };
      let over = false;
      const tell = (): void => {
        for (const heard of listeners) heard();
      };
      const ended = publishReport(ports, actor, period, read, (now) => {
        share = now;
        tell();
      });
      const end = (published: boolean): void => {
        over = true;
        if (published) all.delete(period);
        tell();
      };
      void ended.then(
        ({ ok }) => end(ok),
        () => end(false),
      );
      const making: Making = {
        by: actor.id,
        ended,
        share: () => share,
        isOver: () => over,
        listen: (heard) => {
          listeners.add(heard);
          return () => listeners.delete(heard);
        },
      };
      all.set(period, making);
      return making;
    },
  };
}
