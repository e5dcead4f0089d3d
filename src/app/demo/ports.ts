// The demonstration office as data: whose it is, who works there, what has come in.

import type { Role } from '../../domain/registry/person.ts';
import type { Language } from '../../kernel/language.ts';
import type { DemoOversight } from './oversight.ts';
import type { DemoAnswers, DemoData } from './seed.ts';

export type DemoPerson = {
  readonly name: string;
  readonly login: string;
  readonly roles: readonly Role[];
  readonly language: Language;
};

export type DemoOffice = DemoData & {
  readonly state: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly people: readonly DemoPerson[];
  readonly answers: DemoAnswers;
  readonly oversight: DemoOversight;
};
