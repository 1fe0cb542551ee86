const SECTIONS = ['#if ', '#else', '/if', '#for ', '/for', '#include _layout/email.html', '/include'];

/** Variables and sections after an opening brace. */
export const textCompletion = variables => context => {
  const word = context.matchBefore(/\{[#/]?\w*$/);
  return word && {
    from: word.from + 1,
    options: [
      ...variables.map(one => ({ label: one.name, type: 'variable', detail: one.required ? one.type : `${one.type}, optional`, info: one.description })),
      { label: 'customer.name', type: 'variable' },
      ...SECTIONS.map(label => ({ label, type: 'keyword' })),
    ],
  };
};
