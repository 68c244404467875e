/* Says what a word means, for people: names of values, bits, parts, decoded text. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode, show } = interpreter.bytes;
  const { has, Values } = interpreter;
  const { percentDecoded, pieces } = interpreter.values;

  const kinds = {
    token: 'a word', text: 'percent-coded text', integer: 'a number', boolean: 'yes or no', guid: 'a GUID',
    enumeration: 'a word with a name', flags: 'a number with named bits', composite: 'a word of several parts',
    rest: 'all that is left of the line',
  };

  // The parts of a composite in one word, such as `host[:port]`.
  const syntax = parts => parts.map(part => {
    const word = (part.after || '') + part.name + (part.before || '');
    return part.optional ? `[${word}]` : word;
  }).join('');

  Object.assign(Values.prototype, {
    // What a word means beside what it is: a `text`, and `bits` or `parts`.
    meaning(word, type, version) {
      if (!type || word === '') return {};
      switch (type.kind) {
        case 'text': {
          const { text } = percentDecoded(word);
          return text === undefined || encode(text) === word ? {} : { text };
        }
        case 'boolean': {
          const [, name] = this.readings(word, type, version);
          return name ? { text: name === 'true' ? 'yes' : 'no' } : {};
        }
        case 'enumeration': {
          const value = this.named(word, type, version);
          return value ? { text: value.name, about: value.about } : { text: 'a value without a name' };
        }
        case 'flags': return this.flagsMeaning(Number(word), type, version);
        case 'composite': {
          const { found } = pieces(word, type.parts, version);
          if (!found) return {};
          const parts = found.map(({ part, word }) => {
            const partType = this.grammar.type(part.type);
            const meaning = this.meaning(word, partType, version);
            return { ...meaning, name: part.name, partAbout: part.about, word, type: partType };
          });
          return { parts };
        }
        default: return {};
      }
    },

    flagsMeaning(number, type, version) {
      const { bits, fields, rest } = this.bits(number, type, version);
      const rows = bits.map(bit => ({ mask: bit.value, name: bit.name, about: bit.about }));
      for (const field of fields) {
        const fieldType = this.grammar.type(field.type);
        const value = this.named(String(field.number), fieldType, version);
        const text = value ? value.name : String(field.number);
        rows.push({ mask: field.mask >>> 0, name: field.name, about: value && value.about || text, value: text });
      }
      if (rest) rows.push({ mask: rest, name: 'without a name', isUnknown: true });
      rows.sort((one, two) => one.mask - two.mask);
      const names = rows.filter(row => !row.isUnknown).map(row => row.value ? `${row.name} ${row.value}` : row.name);
      const hexadecimal = `0x${number.toString(16).toUpperCase().padStart(8, '0')}`;
      return { text: names.join(', ') || 'none', hexadecimal, bits: rows };
    },

    // What values of a type look like.
    expectation(type, version, rules = {}) {
      if (!type) return '';
      switch (type.kind) {
        case 'integer': {
          const least = rules.minimum === undefined ? type.minimum : rules.minimum;
          const most = rules.maximum === undefined ? type.maximum : rules.maximum;
          return `a number from ${least} to ${most}`;
        }
        case 'boolean': return `${type.false} for no, or ${type.true} for yes`;
        case 'guid': return type.braces ? 'a GUID in braces' : 'a GUID';
        case 'enumeration': {
          const known = type.values.filter(value => has(value.versions, version)).map(value => value.value);
          const list = known.length > 12 ? [...known.slice(0, 12), '…'] : known;
          return `${type.open ? 'a word such as' : 'one of'} ${list.join(', ')}`;
        }
        case 'composite': return `a word such as ${syntax(type.parts)}`;
        default: return kinds[type.kind];
      }
    },
  });

  interpreter.typeKind = type => kinds[type.kind];
  interpreter.partsSyntax = syntax;
  interpreter.shown = show;
})();
