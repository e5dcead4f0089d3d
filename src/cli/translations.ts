// `rogatory law translations`: how far the law is translated, and for a translator the texts still to do, as a file to fill in.

import { buildCommand } from '@stricli/core';
import { isLanguage } from '../kernel/language.ts';
import type { FurtherLanguage, LawSentence, Translation, TranslationReport } from '../law/pack/translations.ts';
import { type Context, unusable } from './context.ts';

const NAMES: { readonly [L in FurtherLanguage]: string } = {
  zh: 'Chinese',
  fr: 'French',
  ru: 'Russian',
  es: 'Spanish',
};
const LANGUAGES = Object.keys(NAMES) as FurtherLanguage[];

type Flags = { readonly law?: string; readonly language?: string };

export const translationsCommand = buildCommand<Flags, [], Context>({
  docs: {
    brief: 'How far the law is translated; with --language what is still to do, as YAML to fill in',
    fullDescription:
      'Texts of the law stand in English and Arabic in the law itself, and in further languages under law/translations/<language>/.\nWith --language, prints what has no translation as a file for that folder: fill in what you can and leave the rest empty.',
  },
  parameters: {
    positional: { kind: 'tuple', parameters: [] },
    flags: {
      law: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Another law folder or an archived rule set',
        placeholder: 'PATH',
      },
      language: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'What is still to do in this language: zh, fr, ru or es',
        placeholder: 'LANGUAGE',
      },
    },
  },
  func: async function (this: Context, flags) {
    const language = LANGUAGES.find((one) => one === flags.language);
    if (flags.language !== undefined && language === undefined) {
      const why = isLanguage(flags.language) ? ': every text of the law already stands in it' : '';
      return unusable(this, 'law translations', [
        { pointer: '--language', detail: `must be ${LANGUAGES.join(', ')}, not "${flags.language}"${why}` },
      ]);
    }
    const report = await this.translations(flags.law);
    if (!report.ok) return unusable(this, null, report.faults);
    await this.out(language === undefined ? summary(report.value) : toFill(report.value, language));
  },
});

const lacking = ({ sentences }: TranslationReport, language: FurtherLanguage): LawSentence[] =>
  sentences.filter(({ lacks }) => lacks.includes(language));

function summary(report: TranslationReport): string {
  const total = report.sentences.length;
  const lines = LANGUAGES.map((language) => {
    const done = total - lacking(report, language).length;
    return `  ${language}  ${NAMES[language].padEnd(8)} ${String(done).padStart(6)} translated  ${String(total - done).padStart(6)} in English`;
  });
  return [`${total} texts of the law.`, ...lines, ...report.unused.map(unusedLine), ''].join('\n');
}

/** One line for a translation that serves no text: the English was changed, or was never like this. */
export const unusedLine = ({ file, line, en }: Translation): string =>
  `warning: ${file}:${line}: no text of the law reads ${JSON.stringify(en)}; translate the new text, or take this away`;

/** A file for law/translations/<language>/ with every text that lacks the language, and where it stands. */
function toFill(report: TranslationReport, language: FurtherLanguage): string {
  const missing = lacking(report, language);
  const entries = missing.map(({ en, at }) => `  # ${at}\n  - en: ${JSON.stringify(en)}\n    ${language}: ""\n`);
  return [
    `# Texts of the law in ${NAMES[language]}; docs/LAW.md section 8 says how to fill them in.\n`,
    '# yaml-language-server: $schema=../../../schemas/translation.schema.json\n',
    ...report.unused.filter((one) => one.language === language).map((one) => `# ${unusedLine(one)}\n`),
    `language: ${language}\n`,
    missing.length === 0 ? 'texts: []\n' : 'texts:\n',
    ...entries,
  ].join('');
}
