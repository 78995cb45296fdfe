// Reads a tree of fields from the page in one call: tries again while the page changes, until all that is required is
// there or the time is up. Answers {value, problem}; a problem is {kind, pointer, item, selector, text}.
async ({fields, pointer, millis}) => {
  const end = performance.now() + millis;
  const invisible = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE']);
  const inline = new Set(['A', 'ABBR', 'B', 'BDI', 'BDO', 'CITE', 'CODE', 'DATA', 'DEL', 'DFN', 'EM', 'FONT', 'I', 'INS',
    'KBD', 'LABEL', 'MARK', 'OUTPUT', 'Q', 'S', 'SAMP', 'SMALL', 'SPAN', 'STRONG', 'SUB', 'SUP', 'TIME', 'TT', 'U', 'VAR',
    'WBR']);

  const collapse = text => text.replace(/\s+/g, ' ').trim();

  const rawText = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || invisible.has(node.tagName)) return '';
    let text = '';
    for (const child of node.childNodes) text += rawText(child);
    return inline.has(node.tagName) ? text : ' ' + text + ' ';
  };

  const textOf = element =>
    /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) ? element.value.trim() : collapse(rawText(element));

  // 1,234.50 and 1.234,50 and 1'234.50 are the same number; a single comma before three digits separates thousands.
  const numberIn = text => {
    const found = text.replace(/[\u2212\u2013]/g, '-').match(/[-+]?\s?(?:\d[\d.,'\u2019\u00a0\u202f ]*\d|\d|[.,]\d+)/);
    if (!found) return NaN;
    let digits = found[0].replace(/['\u2019\u00a0\u202f\s]/g, '');
    const comma = digits.lastIndexOf(',');
    const dot = digits.lastIndexOf('.');
    if (comma >= 0 && dot >= 0) {
      digits = comma > dot ? digits.replace(/\./g, '').replace(',', '.') : digits.replace(/,/g, '');
    } else if (comma >= 0) {
      digits = /^[-+]?\d{1,3}(,\d{3})+$/.test(digits) ? digits.replace(/,/g, '') : digits.replace(',', '.');
    } else if (/^[-+]?\d{1,3}(\.\d{3}){2,}$/.test(digits)) {
      digits = digits.replace(/\./g, '');
    }
    return Number(digits);
  };

  const truth = (element, attribute) => {
    if (attribute) return element.hasAttribute(attribute) && !/^(false|no|0|off)$/i.test(element.getAttribute(attribute));
    if (element.type === 'checkbox' || element.type === 'radio') return element.checked;
    return !/^(false|no|0|off)$/i.test(textOf(element));
  };

  const linkOf = (element, attribute) => {
    const names = attribute ? [attribute] : ['href', 'src', 'action', 'data-src'];
    const name = names.find(candidate => element.hasAttribute(candidate));
    const text = name ? element.getAttribute(name) : attribute ? null : textOf(element);
    if (!text) return {missing: true};
    try {
      return {value: new URL(text, document.baseURI).href};
    } catch {
      return {wrong: text};
    }
  };

  const read = (element, field) => {
    const {attribute, type = 'string'} = field;
    if (type === 'boolean') return {value: truth(element, attribute)};
    if (type === 'url') return linkOf(element, attribute);
    if (type === 'html') return {value: element.innerHTML.trim()};
    if (attribute && !element.hasAttribute(attribute)) return {missing: true};
    const text = attribute ? element.getAttribute(attribute).trim() : textOf(element);
    if (type === 'string') return {value: text};
    const number = numberIn(text);
    return Number.isNaN(number) || (type === 'integer' && !Number.isInteger(number)) ? {wrong: text} : {value: number};
  };

  const select = (scope, selector) => {
    if (selector.trim() === ':scope') return [scope === document ? document.documentElement : scope];
    return [...scope.querySelectorAll(selector)];
  };

  const attempt = () => {
    const problems = [];

    const one = (element, field, where, item) => {
      if (field.fields) return record(element, field.fields, where + '/fields', item);
      const {value, missing, wrong} = read(element, field);
      const selector = field.selector ?? ':scope';
      if (wrong !== undefined) problems.push({kind: 'wrong_type', pointer: where, item, selector, text: wrong.slice(0, 200)});
      if (missing && !field.optional) problems.push({kind: 'no_attribute', pointer: where, item, selector});
      return value ?? null;
    };

    const record = (scope, definitions, where, item) => {
      const values = {};
      for (const [name, field] of Object.entries(definitions)) {
        const here = where + '/' + name.replaceAll('~', '~0').replaceAll('/', '~1');
        const selector = field.selector ?? ':scope';
        let elements;
        try {
          elements = select(scope, selector);
        } catch {
          throw {kind: 'bad_selector', pointer: here, item, selector};
        }
        const absent = field.type === 'boolean' && !field.all && !field.fields ? false : field.all ? [] : null;
        if (elements.length === 0) {
          if (!field.optional && absent !== false) problems.push({kind: 'no_element', pointer: here, item, selector});
          values[name] = absent;
        } else if (field.all) {
          values[name] = elements.map((element, i) => one(element, field, here, [...item, i]));
        } else {
          values[name] = one(elements[0], field, here, item);
        }
      }
      return values;
    };

    const value = record(document, fields, pointer, []);
    return {value, problem: problems[0] ?? null};
  };

  for (let pause = 25; ; pause = Math.min(250, pause * 2)) {
    let outcome;
    try {
      outcome = attempt();
    } catch (problem) {
      if (!problem.kind) throw problem;
      return {value: null, problem};
    }
    const left = end - performance.now();
    if (!outcome.problem || left <= 0) return outcome;
    await new Promise(next => setTimeout(next, Math.min(pause, left)));
  }
}
