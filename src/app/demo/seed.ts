// Fills a node with an invented office at work: every case goes through the same use cases as a real one, at past moments.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { Draft } from '../../domain/decisions/decision.ts';
import { addDays } from '../../kernel/calendar.ts';
import { addHours, addMinutes, dayOf, type Instant, laterBy } from '../../kernel/instant.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { Acted, Casework, Target } from '../casework/act.ts';
import { itemsAsked } from '../casework/assess-case.ts';
import { answerQuestion, nextFor, stateFact } from '../casework/assessing.ts';
import { closeCase } from '../casework/closing.ts';
import {
  adviceOn,
  countersignDecision,
  drawUp,
  proposeDecision,
  recordConsultation,
  sendBackDecision,
} from '../casework/deciding.ts';
import { callBack, giveTask, reportTask } from '../casework/executing.ts';
import { acknowledge, returnRequest, send } from '../casework/front-desk.ts';
import { itemsOf, orderHold } from '../casework/holding.ts';
import { liftSecrecy, orderSecrecy } from '../casework/disclosing.ts';
import { noticeNotNeeded } from '../casework/notifying.ts';
import type { Actor } from '../casework/ports.ts';
import { openCase } from '../casework/receive.ts';
import { type DemoAuthority, type DemoRequest, demoContent } from './content.ts';

/** The demonstration's data, as read from office/demo. */
export type DemoData = {
  readonly authorities: { readonly [state: string]: DemoAuthority };
  readonly requests: readonly DemoRequest[];
  readonly answers: DemoAnswers;
};
export type DemoAnswers = {
  readonly unobjectionable: Said & {
    readonly years: { readonly [fact: string]: number };
    readonly choice: { readonly [fact: string]: string };
  };
  readonly opinion: Said;
  readonly reasons: {
    readonly true: string;
    readonly false: string;
    readonly opinion: string;
    readonly source: string;
  };
  /** What is said to a ground of refusal, by its provision; `otherwise` to any that is not named. */
  readonly grounds: { readonly [provision: string]: string; readonly otherwise: string };
  readonly letter: string;
};
type Said = { readonly true: readonly string[]; readonly false: readonly string[] };

export type DemoStaff = {
  readonly [role in 'duty' | 'reviewer' | 'reviewer2' | 'approver' | 'approver2' | 'unit' | 'oversight']: Actor;
};

/** How far each goal takes a case; a goal reaches all steps before its own. */
const STEPS = ['arrived', 'acknowledged', 'half', 'answered', 'proposed', 'signed', 'produced', 'closed'] as const;
const GOALS: { readonly [goal: string]: (typeof STEPS)[number] } = {
  arrived: 'arrived',
  emergency: 'arrived',
  called: 'acknowledged',
  acknowledged: 'acknowledged',
  returned: 'acknowledged',
  held: 'acknowledged',
  'half-assessed': 'half',
  differing: 'half',
  ready: 'answered',
  proposed: 'proposed',
  'proposed-refusal': 'proposed',
  'sent-back': 'proposed',
  executing: 'signed',
  refused: 'signed',
  postponed: 'signed',
  executed: 'produced',
  closed: 'closed',
  'closed-refused': 'closed',
};
/** Cases that are played at once: while the database writes in one, the next step of another is worked out. */
const LANES = 4;
const REFUSED = ['proposed-refusal', 'refused', 'closed-refused', 'differing'];

/** Plays the requests from the `first` on, each up to its goal. `now` is the moment at which the demonstration opens. */
export async function seedDemonstration(
  work: Casework,
  staff: DemoStaff,
  data: DemoData,
  now: Instant,
  first = 0,
  tell: (done: number) => void = () => undefined,
): Promise<void> {
  // The oldest first, so that references count up with time.
  const ordered = [...data.requests.entries()].sort(([, a], [, b]) => b.days - a.days);
  const waiting = ordered.slice(first);
  let done = first;
  let opened = Promise.resolve();
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [n, request] = next;
      const player = new Player(work, staff, data, request, n, now);
      opened = opened.then(() => player.open());
      await opened;
      await player.play();
      tell(++done);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** One request on its way through the office, with a clock of its own. */
class Player {
  #at: Instant;
  #file: CaseFile | undefined;
  readonly #work: Casework;

  readonly #staff: DemoStaff;
  readonly #data: DemoData;
  readonly #request: DemoRequest;
  readonly #number: number;
  readonly #now: Instant;

  constructor(work: Casework, staff: DemoStaff, data: DemoData, request: DemoRequest, number: number, now: Instant) {
    const past = laterBy(now, -request.days);
    this.#at = request.days === 0 ? addMinutes(now, -(95 + number)) : addMinutes(past, -(number % 7) * 11);
    this.#work = { ...work, world: { ...work.world, now: () => this.#at, today: () => dayOf(this.#at) } };
    this.#staff = staff;
    this.#data = data;
    this.#request = request;
    this.#number = number;
    this.#now = now;
  }

  /** Takes the case to its goal, once it is open. */
  async play(): Promise<void> {
    const { goal, to } = this.#request;
    if (to !== undefined) {
      if (goal === 'sent') await this.#do((target) => send(this.#work, this.#staff.approver, target));
      return;
    }
    const reach = STEPS.indexOf(GOALS[goal] ?? 'arrived');
    const until = (step: (typeof STEPS)[number]): boolean => reach >= STEPS.indexOf(step);
    if (until('acknowledged')) await this.#do((target) => acknowledge(this.#work, this.#staff.duty, target));
    if (goal === 'called') await this.#call();
    if (goal === 'returned') await this.#giveBack();
    if (goal === 'held') await this.#hold();
    if (until('half')) await this.#assess(until('answered') ? 200 : 5);
    if (goal === 'differing') await this.#differ();
    if (until('proposed')) await this.#consult();
    if (until('proposed')) await this.#propose();
    if (goal === 'sent-back') {
      const { approver } = this.#staff;
      const remark = 'The letter should say why one category of data is enough.';
      await this.#do((target) => sendBackDecision(this.#work, approver, target, remark));
    }
    if (until('signed')) await this.#sign();
    if (until('signed')) await this.#tellLater();
    if (goal === 'executing') await this.#giveTasks();
    if (until('produced')) await this.#produce();
    if (until('closed')) await this.#close();
  }

  /** Takes a step a while later than the last, and never in the future. */
  async #do(step: (target: Target) => Promise<Acted>, hours = 2): Promise<void> {
    const later = addHours(this.#at, hours);
    this.#at = later < this.#now ? later : addMinutes(this.#at, 1);
    const { reference } = this.#case();
    const acted = await step({ reference, version: null });
    if (acted.is !== 'done')
      throw new Defect(
        `the demonstration stands still at ${this.#request.target}: ${JSON.stringify(acted).slice(0, 300)}`,
      );
    this.#file = acted.file;
  }

  #case(): CaseFile {
    if (this.#file === undefined) throw new Defect('the demonstration has no case yet');
    return this.#file;
  }

  async open(): Promise<void> {
    const { from, to, measure } = this.#request;
    const ours = this.#data.authorities['ours'];
    const authority = from === undefined ? ours : this.#data.authorities[from];
    const addressee = from === undefined ? this.#data.authorities[to ?? ''] : ours;
    if (authority === undefined || addressee === undefined)
      throw new Defect('the demonstration knows no such authority');
    const opened = await openCase(this.#work, from === undefined ? this.#staff.reviewer : this.#staff.duty, {
      direction: from === undefined ? 'outgoing' : 'incoming',
      channel: 'file',
      measure,
      otherState: from ?? to ?? '',
      instrument: null,
      content: demoContent(this.#request, authority, addressee.name, this.#number, dayOf(this.#at)),
      documents: [],
    });
    if (opened.is !== 'opened') throw new Defect(`the demonstration opened no case: ${opened.is}`);
    this.#file = opened.file;
  }

  #call(): Promise<void> {
    return this.#do(
      (target) =>
        callBack(this.#work, this.#staff.duty, target, {
          number: '0000-0131',
          numberFrom: 'Directory of contact points',
          calledAt: this.#at,
          answeredBy: 'The inspector on duty',
          outcome: 'verified',
          remarks: 'The case number and the name of the child were confirmed.',
        }),
      0.25,
    );
  }

  #giveBack(): Promise<void> {
    const text = 'Please say which account is meant, for which days, and what in the facts leads to it.';
    return this.#do(
      (target) => returnRequest(this.#work, this.#staff.reviewer, target, ['missing /targets'], text),
      20,
    );
  }

  #hold(): Promise<void> {
    const holder = this.#request.service;
    const reasons = 'The request names the account and says why the data may be gone soon.';
    return this.#do((target) =>
      orderHold(this.#work, this.#staff.duty, target, {
        holder,
        what: itemsOf(this.#case(), holder),
        until: addDays(dayOf(this.#at), 60),
        reasons,
      }),
    );
  }

  /** Answers what is open, the most deciding first, up to so many questions. */
  async #assess(most: number): Promise<void> {
    for (let n = 0; n < most; n++) {
      const { reviewer, duty } = this.#staff;
      const judged = nextFor(this.#work.law, this.#case(), reviewer, undefined);
      const stated = judged === undefined ? nextFor(this.#work.law, this.#case(), duty, undefined) : undefined;
      const fact = judged ?? stated;
      if (fact === undefined) return;
      const said = this.#saying(fact);
      if (said === undefined) return;
      const judgement = this.#work.law.book.rules.facts.find((one) => one.id === fact)?.judgement === true;
      await this.#do((target) => (judgement ? answerQuestion : stateFact)(this.#work, reviewer, target, said), 0.1);
    }
  }

  #saying(fact: string) {
    const { unobjectionable, opinion, reasons } = this.#data.answers;
    if (REFUSED.includes(this.#request.goal)) {
      if (opinion.true.includes(fact)) return { fact, value: true, reasons: reasons.opinion };
      if (opinion.false.includes(fact)) return { fact, value: false, reasons: reasons.opinion };
    }
    const value = unobjectionable.years[fact] ?? unobjectionable.choice[fact];
    if (value !== undefined) return { fact, value, reasons: reasons.source };
    if (unobjectionable.true.includes(fact)) return { fact, value: true, reasons: reasons.true };
    if (this.#request.goal === 'postponed' && fact === 'offence.proceedingsHere')
      return { fact, value: true, reasons: reasons.source };
    return unobjectionable.false.includes(fact) ? { fact, value: false, reasons: reasons.false } : undefined;
  }

  /** A second reviewer sees it otherwise; nobody averages the two. */
  async #differ(): Promise<void> {
    const [fact, answers] = Object.entries(this.#case().assessment.answers)[0] ?? [];
    const value = answers?.[0]?.value;
    if (fact === undefined || typeof value !== 'boolean') return;
    const reasons = 'I read the third page of the request otherwise, and the report we have on this law too.';
    await this.#do((target) =>
      answerQuestion(this.#work, this.#staff.reviewer2, target, { fact, value: !value, reasons }),
    );
  }

  /** Where the law wants the other side asked first. */
  async #consult(): Promise<void> {
    if (adviceOn(this.#work, this.#case())?.consultFirst !== true) return;
    const held = {
      with: this.#data.authorities[this.#request.from ?? '']?.person ?? '',
      on: dayOf(this.#at),
      result: 'Assistance under conditions was discussed by telephone; it would not remove the obstacle now.',
    };
    await this.#do((target) => recordConsultation(this.#work, this.#staff.reviewer, target, held));
  }

  async #propose(): Promise<void> {
    const file = this.#case();
    const advice = adviceOn(this.#work, file);
    const refused = REFUSED.includes(this.#request.goal);
    const postponed = this.#request.goal === 'postponed';
    const withConditions = advice?.outcome === 'needs-conditions';
    const { letter: words, grounds: said } = this.#data.answers;
    const draft: Draft = {
      disposition: postponed ? 'postpone' : refused ? 'refuse' : withConditions ? 'execute-with-conditions' : 'execute',
      grounds: refused
        ? (advice?.grounds ?? [])
            .slice(0, 2)
            .map((provision) => ({ provision, text: said[provision] ?? said.otherwise }))
        : [],
      conditions: withConditions ? ['The data are used for this case only and deleted at its end.'] : [],
      items: refused || postponed ? [] : itemsAsked(file),
      reasons: words,
      contraryReasons: advice?.outcome === 'may-refuse' && !refused ? this.#contrary() : '',
      until: postponed ? addDays(dayOf(this.#now), 60) : '',
      passTo: '',
      language: 'en',
    };
    const drawn = drawUp(this.#work, file, draft, this.#staff.reviewer.id);
    if (!drawn.ok)
      throw new Defect(
        `the demonstration cannot propose for ${this.#request.target}: ${JSON.stringify([advice, drawn.faults])}`,
      );
    await this.#do((target) => proposeDecision(this.#work, this.#staff.reviewer, target, draft, drawn.value.hash));
  }

  #contrary = (): string =>
    'The ground was weighed; the weight of the offence and the safeguards speak for assistance.';

  #sign(): Promise<void> {
    const hash = this.#case().decisions.proposals.findLast(({ state }) => state === 'open')?.hash ?? '';
    return this.#do((target) => countersignDecision(this.#work, this.#staff.approver, target, hash), 20);
  }

  /** The person is told when secrecy ends; where nothing was disclosed, somebody says so by name. */
  async #tellLater(): Promise<void> {
    const { approver } = this.#staff;
    if (this.#case().execution.openings.length > 0) {
      const reasons = 'Whoever holds the account would delete what is left, and warn others.';
      const until = addDays(dayOf(this.#at), 90);
      const order = { ground: 'Order of the court', reasons, until, reviewOn: addDays(dayOf(this.#at), 45) };
      return this.#do((target) => orderSecrecy(this.#work, approver, target, order), 1);
    }
    for (const { no: notice } of this.#case().notice.notices) {
      const reasons = 'Nothing was disclosed, and the request named no reason to tell the person of it.';
      const ground = 'nothing-disclosed';
      await this.#do((target) => noticeNotNeeded(this.#work, approver, target, { notice, ground, reasons }), 1);
    }
  }

  async #giveTasks(): Promise<void> {
    for (const { no: task } of this.#case().execution.tasks)
      await this.#do((target) => giveTask(this.#work, this.#staff.duty, target, { task, unit: 'Cybercrime unit' }));
  }

  async #produce(): Promise<void> {
    for (const { no } of this.#case().execution.tasks) {
      const { duty, unit } = this.#staff;
      const hashes = [this.#work.world.hash(`${this.#request.target} ${no}`)];
      const report = { task: no, came: 'produced', count: 12, hashes, reasons: '' } as const;
      await this.#do((target) => giveTask(this.#work, duty, target, { task: no, unit: 'Cybercrime unit' }));
      await this.#do((target) => reportTask(this.#work, unit, target, report), 20);
    }
  }

  async #close(): Promise<void> {
    const { approver } = this.#staff;
    for (const { no: order, end } of this.#case().disclosure.secrecy) {
      const reasons = 'The other side says that secrecy is no longer needed.';
      if (end === null) await this.#do((target) => liftSecrecy(this.#work, approver, target, { order, reasons }));
    }
    for (const notice of this.#case().notice.notices) {
      const reasons = 'The person had been told by the other side, which sent us the receipt.';
      const told = { notice: notice.no, ground: 'already-told', reasons } as const;
      if (notice.notNeeded === null) await this.#do((target) => noticeNotNeeded(this.#work, approver, target, told));
    }
    const result = 'Answered, and nothing is left to do.';
    await this.#do((target) => closeCase(this.#work, this.#staff.reviewer, target, result));
  }
}
