// The few sentences the engine itself says, where no provision has words of its own.

import type { Text } from '../kernel/language.ts';

export const NOT_CONCERNED: Text = {
  en: 'This rule does not concern the measure that is asked for.',
  ar: 'لا تتعلق هذه القاعدة بالتدبير المطلوب.',
};

export const SWITCHED_OFF: Text = {
  en: "This office's policy does not apply this check to the measure that is asked for.",
  ar: 'لا تطبّق سياسة هذا المكتب هذا التحقق على التدبير المطلوب.',
};
