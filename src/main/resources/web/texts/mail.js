/**
 * A mail in a sandboxed frame. The frame inherits the console's content security policy, which refuses styles in markup, scripts and
 * everything from other hosts. So the markup is shown without its styles, and these are set afterwards from here, where it is allowed.
 */

const SHEET = /<style[^>]*>([\s\S]*?)<\/style>/gi;
const TAG = /<[a-z][^>]*>/gi;

/** The markup with what the policy would refuse put aside, or out: styles, pictures of other hosts, scripts. */
export function unstyled(markup) {
  return markup
    .replace(SHEET, '')
    .replace(/<script[\s\S]*?<\/script>/gi, '')
    .replace(/<(?:link|meta|base)\b[^>]*>/gi, '')
    .replace(TAG, tag => tag
      .replace(/\sstyle=/gi, ' data-style=')
      .replace(/\son\w+=/gi, ' data-on=')
      .replace(/\s(src|srcset|background)=(?!["']?data:)/gi, ' data-$1='));
}

/** Styles the mail that a frame shows. Its links lead nowhere. */
export function style(frame, markup) {
  const mail = frame.contentDocument;
  if (!mail) {
    return;
  }
  for (const element of mail.querySelectorAll('[data-style]')) {
    element.style.cssText = element.getAttribute('data-style');
  }
  mail.adoptedStyleSheets = [...markup.matchAll(SHEET)].map(([, rules]) => {
    const sheet = new frame.contentWindow.CSSStyleSheet();
    sheet.replaceSync(rules);
    return sheet;
  });
  for (const anchor of mail.querySelectorAll('a[href]')) {
    anchor.title = anchor.getAttribute('href');
    anchor.removeAttribute('href');
    anchor.style.textDecoration ||= 'underline';
  }
}
