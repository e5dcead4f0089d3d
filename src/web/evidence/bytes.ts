// How large something is, in the unit that a person reads.

import type { PageContext } from '../context.ts';

export function sayBytes(
  { page: { language } }: { readonly page: Pick<PageContext, 'language'> },
  size: number,
): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const place = Math.min(units.length - 1, size < 1 ? 0 : Math.floor(Math.log10(size) / 3));
  const locale = language === 'ar' ? 'ar-u-nu-arab' : language;
  const options = { style: 'unit', unit: units[place], unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(size / 1000 ** place);
}
