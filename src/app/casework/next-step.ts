// What comes next in a case as the law and this office have it: a consultation that is due stands before the decision.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import { type NextStep, nextStep } from '../../domain/docket/next.ts';
import { adviceFor } from './assess-case.ts';
import type { Casework } from './casework.ts';

export const nextIn = ({ law, office }: Pick<Casework, 'law' | 'office'>, file: CaseFile): NextStep =>
  nextStep(file, () => adviceFor(law, file, office().settings['consult-first'])?.consultFirst === true);
