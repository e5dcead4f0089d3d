// How large something is, in the unit that a person reads, and which ones of many.

import type { PageContext } from '../context.ts';
import { sayList, sayNumber } from '../messages.ts';

export function sayBytes(
  { page: { language } }: { readonly page: Pick<PageContext, 'language'> },
  size: number,
): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const place = Math.min(units.length - 1, size < 1 ? 0 : Math.floor(Math.log10(size) / 3));
  const locale = language === 'ar' ? 'ar-u-nu-arab' : language;
  // In short, one of them stands for many: "800 byte".
  const unitDisplay = place === 0 ? 'long' : 'short';
  const options = { style: 'unit', unit: units[place], unitDisplay, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(size / 1000 ** place);
}

/** Objects by their numbers: "1, 2 and 5". */
export const sayNumbers = ({ language }: Pick<PageContext, 'language'>, numbers: readonly number[]): string =>
  sayList(
    numbers.map((no) => sayNumber(no, language)),
    language,
  );
