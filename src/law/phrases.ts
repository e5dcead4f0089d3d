// The few sentences the engine itself says, where no provision has words of its own.

import type { Text } from '../kernel/language.ts';

export const NOT_CONCERNED: Text = {
  en: 'This rule does not concern the measure that is asked for.',
  ar: 'لا تتعلق هذه القاعدة بالتدبير المطلوب.',
  zh: '本规则不涉及所请求的措施。',
  fr: 'Cette règle ne concerne pas la mesure demandée.',
  ru: 'Это правило не касается запрашиваемой меры.',
  es: 'Esta regla no se refiere a la medida solicitada.',
};

export const SWITCHED_OFF: Text = {
  en: "This office's policy does not apply this check to the measure that is asked for.",
  ar: 'لا تطبّق سياسة هذا المكتب هذا التحقق على التدبير المطلوب.',
  zh: '本机关的政策不对所请求的措施适用这项核查。',
  fr: 'La politique de ce service n’applique pas cette vérification à la mesure demandée.',
  ru: 'Политика данного органа не применяет эту проверку к запрашиваемой мере.',
  es: 'La política de esta oficina no aplica esta comprobación a la medida solicitada.',
};
