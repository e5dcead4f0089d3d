// The languages a person may read, and text that is given in several of them.

/** The six languages of the United Nations, as BCP 47 tags. */
export const LANGUAGES = ['en', 'ar', 'zh', 'fr', 'ru', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in several languages. English and Arabic are always there. */
export type Text = { readonly en: string; readonly ar: string } & {
  readonly [L in Exclude<Language, 'en' | 'ar'>]?: string | undefined;
};

/** The text in that language, or in English where it has not been translated; numbers in it in the digits of the language. */
export const say = (text: Text, language: Language): string => inDigitsOf(language, text[language] ?? text.en);

/** Arabic is read with its own digits; everything else here with the common ones. */
export const inDigitsOf = (language: Language, text: string): string =>
  language === 'ar' ? text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit) : text;

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

export const isLanguage = (tag: string): tag is Language => (LANGUAGES as readonly string[]).includes(tag);
