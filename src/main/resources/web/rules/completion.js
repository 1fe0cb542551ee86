/** What can be written at a place of a rule. Known from the service: the rule schema, event types, notification types. */

const ATTRIBUTES = ['data', 'id', 'source', 'subject', 'time', 'traits', 'type'];
const VARIABLES = ['collected', 'customer', 'earlier', 'event', 'order', 'product'];
const EXPRESSIONS = new Set(['when', 'where', 'by', 'item', 'value', 'expect', 'once', 'cart', 'wishlist', 'segment', 'subject', 'customer', 'locale', 'key']);

const options = (labels, type) => labels.map(one => (typeof one === 'string' ? { label: one, type } : { type, ...one }));

function resolve(schema, node) {
  return node?.$ref?.startsWith('#/') ? resolve(schema, node.$ref.slice(2).split('/').reduce((at, step) => at?.[step], schema)) : node;
}

/** The schema of a field, by the keys that lead to it. */
function schemaAt(schema, path) {
  let node = resolve(schema, schema.$defs?.rule);
  for (const key of path) {
    node = resolve(schema, resolve(schema, node)?.properties?.[key]);
    node = node?.properties ? node : [node?.then, node?.else, ...(node?.anyOf ?? []), ...(node?.oneOf ?? [])]
      .map(one => resolve(schema, one)).find(one => one?.properties) ?? node;
  }
  return node;
}

const indentOf = line => /^\s*(?:- )?/.exec(line)[0].length;

/** The keys above a line, outermost first: by indentation. */
function pathAt(doc, number, indent) {
  const path = [];
  let inner = indent;
  for (let at = number - 1; at >= 1 && inner > 0; at--) {
    const line = doc.line(at).text;
    const key = /^\s*(?:- )?([\w-]+):\s*(?:\{.*)?$/.exec(line);
    if (line.trim() && key && indentOf(line) < inner) {
      path.unshift(key[1]);
      inner = indentOf(line);
    }
  }
  return path;
}

/** The event types under a key, anywhere in the text. */
export function typesIn(text, key = 'on') {
  const found = new RegExp(`(?:^|[{,\\s])${key}:\\s*(\\[[^\\]]*\\]|[^\\s,}#]+|(?:\\n\\s+- [^\\n]+)+)`, 'm').exec(text);
  return found ? [...found[1].matchAll(/[\w][\w.*-]*/g)].map(one => one[0]) : [];
}

/**
 * @param known `{schema, eventTypes, templates, fieldsOf: async type => [{label, detail}]}`
 * @returns a completion source of CodeMirror
 */
export function ruleCompletion(known) {
  return async context => {
    const { doc } = context.state;
    const line = doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const suggest = (word, found) => (found.length ? { from: context.pos - word.length, options: found, validFor: /^[\w.*-]*$/ } : null);

    const data = /\b(event|earlier)\.data\.(\w*)$/.exec(before);
    if (data) {
      const types = typesIn(doc.toString(), data[1] === 'event' ? 'on' : 'event');
      const fields = (await Promise.all(types.map(known.fieldsOf))).flat();
      return suggest(data[2], options([...new Map(fields.map(one => [one.label, one])).values()], 'property'));
    }
    const attribute = /\b(?:event|earlier)\.(\w*)$/.exec(before);
    if (attribute) {
      return suggest(attribute[1], options(ATTRIBUTES, 'property'));
    }

    const flow = /([\w-]+):\s*\{[^{}]*$/.exec(before);
    const path = pathAt(doc, line.number, indentOf(line.text));
    const outer = flow ? [...path, flow[1]] : path;
    const value = /(?:^|[{,])\s*(?:- )?([\w-]+):\s*(?:\[[^\]]*?)?"?([^\s,\]}"]*)$/.exec(before);
    if (value && (value[2] || context.explicit || before.endsWith(' '))) {
      return suggest(value[2], valuesOf(known, outer, value[1]));
    }
    const expression = /(?:^|[{,])\s*(?:- )?([\w-]+):.*?(\w+)$/.exec(before);
    if (expression && EXPRESSIONS.has(expression[1])) {
      return suggest(expression[2], options(VARIABLES, 'variable'));
    }
    const key = /(?:^\s*(?:- )?|[{,]\s*)([\w-]*)$/.exec(before);
    return key && (key[1] || context.explicit) ? suggest(key[1], keysOf(known, outer)) : null;
  };
}

function keysOf(known, path) {
  const properties = schemaAt(known.schema, path)?.properties ?? {};
  return Object.entries(properties).map(([name, field]) => ({
    label: name, type: 'property', apply: `${name}: `, info: field.description ?? resolve(known.schema, field)?.description,
  }));
}

function valuesOf(known, path, key) {
  switch (key) {
    case 'on': case 'event':
      return options(known.eventTypes.map(one => ({ label: one.type, detail: one.title })), 'class');
    case 'type':
      return options(known.templates.map(one => ({ label: one.type, detail: one.category, info: one.description })), 'constant');
    case 'category':
      return options([...new Set(known.templates.map(one => one.category))], 'constant');
    case 'channels':
      return options([...new Set(known.templates.flatMap(one => one.channels.map(channel => channel.channel)))], 'constant');
    default: {
      const field = resolve(known.schema, schemaAt(known.schema, path)?.properties?.[key]);
      const listed = field?.enum ?? (field?.type === 'boolean' ? ['true', 'false'] : []);
      return listed.length ? options(listed.map(String), 'keyword') : EXPRESSIONS.has(key) ? options(VARIABLES, 'variable') : [];
    }
  }
}
