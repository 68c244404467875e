/* What a word may be: the rules of the types, other spellings that programs are known for, and what values mean. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode, decode } = interpreter.bytes;
  const { has } = interpreter;

  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const isGUID = (word, braces) => braces ? /^\{.*\}$/.test(word) && guid.test(word.slice(1, -1)) : guid.test(word);

  // A number in its one spelling, with up to 64 bits; null for other words.
  function integer(word) {
    if (!/^(0|-?[1-9][0-9]*)$/.test(word) || word.length > 20) return null;
    const number = BigInt(word);
    return BigInt.asIntN(64, number) === number ? number : null;
  }

  const characterSets = { digits: /^[0-9]+$/, letters: /^[a-z]+$/i, hexadecimal: /^[0-9a-f]+$/i };

  function fitsShape(shape, word, version) {
    if (!has(shape.versions, version)) return false;
    if (shape.literal !== undefined) return word === encode(shape.literal);
    const prefix = encode(shape.prefix || ''), suffix = encode(shape.suffix || '');
    if (word.length <= prefix.length + suffix.length) return false;
    if (!word.startsWith(prefix) || !word.endsWith(suffix)) return false;
    const middle = word.slice(prefix.length, word.length - suffix.length);
    if (shape.length && middle.length !== shape.length) return false;
    if (shape.contains && !middle.includes(encode(shape.contains))) return false;
    return !shape.characters || characterSets[shape.characters].test(middle);
  }

  // The text of percent-coded bytes, or why there is none.
  function percentDecoded(word) {
    if (/%(?![0-9a-f]{2})/i.test(word)) return { problem: "has a '%' without two hexadecimal digits" };
    const text = decode(word.replace(/%(..)/g, (_, digits) => String.fromCharCode(parseInt(digits, 16))));
    return text === null ? { problem: 'is not UTF-8 after percent-decoding' } : { text };
  }

  // The present parts of a composite word, each with its text and place; or what is wrong.
  function pieces(word, parts, version) {
    const found = [];
    let position = 0;
    const first = parts[0];
    if (first.before) {
      const digits = /^[0-9]*/.exec(word)[0];
      const mark = encode(first.before);
      const isThere = digits !== '' && word.startsWith(mark, digits.length);
      const isKnown = has(first.versions, version);
      if (isThere && !isKnown) return { problem: `has the part '${first.name}', which this version lacks` };
      if (isThere) {
        found.push({ part: first, word: digits, start: 0 });
        position = digits.length + mark.length;
      } else if (isKnown && !first.optional) {
        return { problem: `lacks the part '${first.name}' with '${first.before}'` };
      }
    }
    for (const [index, part] of parts.entries()) {
      if (part.before || !has(part.versions, version)) continue;
      const after = encode(part.after || '');
      if (!word.startsWith(after, position) || index > 0 && position >= word.length && after) {
        if (part.optional) continue;
        return { problem: `lacks the part '${part.name}'` };
      }
      position += after.length;
      let end = word.length;
      // The mark of a part ends the one before it even in a version that lacks the part.
      for (const later of parts.slice(index + 1)) {
        const place = later.after ? word.indexOf(encode(later.after), position) : -1;
        if (place >= 0 && place < end) end = place;
      }
      found.push({ part, word: word.slice(position, end), start: position });
      position = end;
    }
    return position < word.length ? { problem: 'continues after its last part in this version' } : { found };
  }

  class Values {
    constructor(grammar) { this.grammar = grammar; }

    // Why a word is no value of a type; null if it is one. The rules are those of a parameter, if there are any.
    check(word, type, version, rules = {}) {
      if (decode(word) === null) return 'is not UTF-8';
      if (word === '') return rules.empty ? null : 'is empty';
      const limit = type.limit !== undefined && word.length > type.limit ? `is longer than ${type.limit} bytes` : null;
      switch (type.kind) {
        case 'token':
          if (limit || !type.shapes) return limit;
          if (type.shapes.some(shape => fitsShape(shape, word, version))) return null;
          return `does not have the shape of ${type.name}`;
        case 'text': return limit || percentDecoded(word).problem || null;
        case 'rest': return limit;
        case 'integer': {
          const number = integer(word);
          if (number === null) return 'is not a number';
          const least = rules.minimum === undefined ? type.minimum : rules.minimum;
          const most = rules.maximum === undefined ? type.maximum : rules.maximum;
          return number < least || number > most ? `is not in ${least} to ${most}` : null;
        }
        case 'boolean':
          return [type.false, type.true].some(value => encode(value) === word)
            ? null : `is neither '${type.false}' nor '${type.true}'`;
        case 'guid': return isGUID(word, type.braces) ? null : `is not a GUID${type.braces ? ' in braces' : ''}`;
        case 'enumeration': {
          if (type.open) return null;
          const value = type.values.find(value => encode(value.value) === word);
          if (value && has(value.versions, version)) return null;
          if (value) return `is '${decode(word)}', which does not exist in this version`;
          const known = type.values.filter(value => has(value.versions, version)).map(value => value.value);
          return `is not one of ${known.join(', ')}`;
        }
        case 'flags': {
          const number = integer(word);
          return number === null || number < 0n || number > 0xffffffffn ? 'is not a number from 0 to 4294967295' : null;
        }
        default: {
          const { found, problem } = pieces(word, type.parts, version);
          if (problem) return problem;
          for (const piece of found) {
            const wrong = this.check(piece.word, this.grammar.type(piece.part.type), version);
            // Peers leave unknown parts of fields in payloads empty.
            const mayBeEmpty = piece.word === '' && rules.isField;
            if (wrong && !mayBeEmpty) return `has the part '${piece.part.name}', which ${wrong}`;
          }
          return null;
        }
      }
    }

    // Why a word is no value of a field of a payload, which has no version; an empty one is as good as none.
    checkField(word, type, rules = {}) {
      if (word === '') return null;
      if (rules.minimum !== undefined || rules.maximum !== undefined) {
        const number = integer(word);
        if (number === null) return 'is not a number';
        const { minimum: least = 0, maximum: most = 4294967295 } = rules;
        return number < least || number > most ? `is not in ${least} to ${most}` : null;
      }
      return this.check(word, type, null, { isField: true });
    }

    // The value of an enumeration that a word is in a version.
    named(word, type, version) {
      return type.values.find(value => encode(String(value.value)) === word && has(value.versions, version));
    }

    // The word, and what it is in other words: decoded, or by name.
    readings(word, type, version) {
      const text = decode(word);
      if (type.kind === 'text' && word !== '') return [text, percentDecoded(word).text];
      if (type.kind === 'boolean') {
        return word === encode(type.false) ? [text, 'false'] : word === encode(type.true) ? [text, 'true'] : [text];
      }
      if (type.kind === 'enumeration') {
        const value = this.named(word, type, version);
        return value ? [text, value.name] : [text];
      }
      return [text];
    }

    // The bits of a number that are set and the fields that are in it, by name.
    bits(number, type, version) {
      // Shifts of JavaScript have a sign.
      const isSet = mask => (number & mask) >>> 0 !== 0;
      const bits = type.values.filter(bit => isSet(bit.value)).map(bit => ({ ...bit, isBit: true }));
      const known = type.values.reduce((mask, bit) => mask | bit.value, 0);
      const fields = (type.fields || []).filter(field => has(field.versions, version)).map(field => {
        const width = field.last - field.first + 1;
        const mask = (width === 32 ? -1 : (1 << width) - 1) << field.first;
        return { ...field, mask, number: (number & mask) >>> field.first };
      });
      const rest = (number & ~fields.reduce((mask, field) => mask | field.mask, known)) >>> 0;
      return { bits, fields: fields.filter(field => field.number !== 0), rest };
    }
  }

  interpreter.values = { integer, isGUID, percentDecoded, pieces };
  interpreter.Values = Values;
})();
