/* Spellings that programs are known for, and that their types do not have. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode } = interpreter.bytes;
  const { has, Values } = interpreter;
  const { isGUID, pieces } = interpreter.values;

  const lowered = word => word.replace(/[A-Z]/g, letter => letter.toLowerCase());

  // The word as its type spells it; null if it is not spelled in the other way.
  const spellings = {
    bare: word => isGUID(word, false) ? `{${word}}` : null,
    'leading-zeros': word => /^0[0-9]+$/.test(word) ? word.replace(/^0+(?=.)/, '') : null,
    fraction: word => /^[0-9]+\.[0-9]+$/.test(word) ? word.split('.')[0] : null,
    'stray-percent': word => {
      const result = word.replace(/%(?![0-9a-f]{2})/gi, '%25');
      return result === word ? null : result;
    },
    'letter-case': (word, type, version) => {
      const words = type.kind === 'boolean'
        ? [type.false, type.true]
        : type.values.filter(value => has(value.versions, version)).map(value => value.value);
      const found = words.map(encode).find(other => lowered(other) === lowered(word));
      return found === undefined || found === word ? null : found;
    },
  };

  // The word as its type spells it with the deviations; null if they are not all that is wrong with it.
  Values.prototype.respelled = function respelled(word, type, version, rules = {}) {
    const result = { word, deviations: [] };
    if (type.kind === 'composite') {
      const { found } = pieces(word, type.parts, version);
      if (!found) return null;
      result.word = '';
      for (const piece of found) {
        const partType = this.grammar.type(piece.part.type);
        let text = piece.word;
        if (this.check(text, partType, version) !== null) {
          const inner = this.respelled(text, partType, version);
          if (!inner) return null;
          text = inner.word;
          result.deviations.push(...inner.deviations);
        }
        result.word += encode(piece.part.after || '') + text + encode(piece.part.before || '');
      }
    }
    for (const deviation of type.deviations || []) {
      if (!has(deviation.versions, version)) continue;
      const spelled = spellings[deviation.spelling](result.word, type, version);
      if (spelled === null) continue;
      result.word = spelled;
      result.deviations.push(deviation);
    }
    if (!result.deviations.length || this.check(result.word, type, version, rules) !== null) return null;
    return result;
  };
})();
