// The addresses of the pages about assessment, decision and letters of one case.

import { casePath } from '../casework/tabs.ts';

export const questionPath = (reference: string, fact: string): string =>
  `${casePath(reference, 'assessment')}/${encodeURIComponent(fact)}`;
export const changesPath = (reference: string): string => `${casePath(reference, 'assessment')}/changes`;
export const countersignPath = (reference: string): string => `${casePath(reference, 'decision')}/countersign`;
