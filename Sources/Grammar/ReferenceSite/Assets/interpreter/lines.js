/* Reads one line: finds its form by the tests of the model, then its parameters word by word. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode, decode } = interpreter.bytes;
  const { Values } = interpreter;
  const { integer, isGUID } = interpreter.values;

  // The words of a line with their places, the command first. Only some commands have empty ones.
  function split(line, keepsEmpty) {
    const words = [];
    let start = 0;
    for (const text of line.split(' ')) {
      if (text !== '' || keepsEmpty) words.push({ text, start });
      start += text.length + 1;
    }
    return words;
  }

  function passes(test, words) {
    if (test.word === undefined) {
      const count = words.length - 1;
      return test.atLeast === undefined ? count <= test.atMost : count >= test.atLeast;
    }
    if (test.word + 1 >= words.length) return false;
    const { text } = words[test.word + 1];
    if (test.isOneOf) return test.isOneOf.some(other => encode(other) === text);
    if (test.prefix !== undefined) return text.startsWith(encode(test.prefix));
    return test.is === 'number' ? /^-?[0-9]+$/.test(text) : isGUID(text, test.is === 'guidInBraces');
  }

  const isTransaction = text => /^[0-9]{1,10}$/.test(text) && Number(text) <= 0xffffffff;

  // Why a line is refused.
  class Refusal {
    constructor(kind, reason, { form, parameter, word, expected, result } = {}) {
      Object.assign(this, { kind, reason, form, parameter, word, expected, result });
      this.sentence = parameter === undefined ? reason : `'${parameter}' ${reason}`;
    }
  }

  // One reading of a line by one form.
  class FormReader {
    constructor(lines, line, words, plan, payloadCount, version, isTolerant) {
      Object.assign(this, { lines, line, words, plan, payloadCount, version, isTolerant });
      this.cursor = 1;
      // `marks` says of each word what it is.
      this.result = { form: plan.form, transaction: undefined, values: [], deviations: [], marks: [] };
    }

    refuse(kind, reason, parameter, expected) {
      const isThere = this.cursor < this.words.length;
      throw new Refusal(kind, reason, {
        form: this.plan.form, parameter, expected, word: isThere ? this.cursor : undefined, result: this.result,
      });
    }

    get remaining() { return this.words.length - this.cursor; }

    mark(role, details = {}) {
      this.result.marks[this.cursor] = { role, ...details };
      this.cursor += 1;
    }

    read() {
      this.readTransaction();
      for (const step of this.plan.steps) {
        if (step.isLength) this.readLength(); else this.readParameter(step);
      }
      if (this.remaining > 0) this.refuse('extraParameter', 'the line continues after its last parameter');
      const header = this.plan.form.payload && this.plan.form.payload.headerLength;
      const found = header && this.result.values.find(value => value.name === header);
      const count = this.payloadCount || 0;
      if (found && !found.items && Number(found.word) > count) {
        this.refuse('invalidValue', `is more than ${count}, the bytes of the payload`, header);
      }
      return this.result;
    }

    readTransaction() {
      const rule = this.plan.form.transaction;
      if (rule === 'none' || rule === 'optional' && !this.remaining) return;
      if (!this.remaining) this.refuse('missingTransactionID', 'the line has no transaction ID');
      const { text } = this.words[this.cursor];
      if (!isTransaction(text) || rule === 'zero' && Number(text) !== 0) {
        this.refuse('invalidTransactionID', 'this is not a transaction ID');
      }
      this.result.transaction = text;
      this.mark('transaction');
    }

    readLength() {
      const payload = this.plan.form.payload;
      const name = 'payload length';
      if (!this.remaining) this.refuse('missingParameter', 'is missing', name);
      const length = integer(this.words[this.cursor].text);
      const isLast = this.remaining === 1;
      const assumed = isLast || payload.lengthPlace !== undefined ? 0 : null;
      const count = this.payloadCount === null ? assumed : this.payloadCount;
      if (length === null || count === null || length !== BigInt(count)
        || payload.length !== undefined && payload.length !== count) {
        this.refuse('wrongPayloadLength', 'does not match the payload', name);
      }
      if (count > payload.limit) this.refuse('invalidValue', `is more than ${payload.limit}`, name);
      this.mark('length');
    }

    readParameter(step) {
      const { parameter } = step;
      // Refusals name a literal by its word, not by its name for deviations.
      const name = parameter.literal === undefined ? parameter.name : parameter.literal;
      if (parameter.when && !this.lines.holds(parameter.when, this.result, this.version)) return;
      if (parameter.optional && !this.isThere(step)) {
        if (parameter.absent !== undefined) {
          this.result.values.push({ name, parameter, word: encode(parameter.absent), isAbsent: true });
        }
        return;
      }
      if (parameter.atLeast !== undefined) return this.readWords(step, name);
      if (!this.remaining) this.refuse('missingParameter', 'is missing', name, parameter);
      const { text, start } = this.words[this.cursor];
      if (step.literal !== undefined) {
        if (text !== step.literal) this.refuse('invalidValue', 'was expected', name, parameter);
        return this.mark('literal', { parameter });
      }
      const isRest = step.type && step.type.kind === 'rest';
      let word = isRest ? this.line.slice(start).replace(/ +$/, '') : text;
      if (!word.startsWith(step.prefix)) {
        this.refuse('invalidValue', `does not start with '${parameter.prefix}'`, name, parameter);
      }
      word = word.slice(step.prefix.length);
      if (parameter.separator === undefined) {
        this.result.values.push({ name, parameter, ...this.accept(word, step), place: this.cursor });
      } else {
        const items = word.split(parameter.separator).map(item => this.accept(item, step));
        this.result.values.push({ name, parameter, items, place: this.cursor });
      }
      this.mark('parameter', { parameter });
      if (isRest) {
        while (this.remaining) this.mark('more', { parameter });
      }
    }

    readWords(step, name) {
      const { parameter, lengthWords } = step;
      if (this.remaining < parameter.atLeast + lengthWords) {
        this.refuse('missingParameter', 'is missing', name, parameter);
      }
      const items = [];
      const place = this.cursor;
      while (this.remaining > lengthWords) {
        items.push(this.accept(this.words[this.cursor].text, step));
        this.mark('parameter', { parameter, item: items.length - 1 });
      }
      this.result.values.push({ name, parameter, items, place });
    }

    // Whether the next word is an optional parameter.
    isThere(step) {
      if (this.remaining <= step.behind) return false;
      const { text } = this.words[this.cursor];
      return text.startsWith(step.prefix) && (step.literal === undefined || text === step.literal);
    }

    // A word as its type spells it.
    accept(word, step) {
      const reason = this.lines.check(word, step.type, this.version, step.parameter);
      if (reason === null) return { word };
      const spelled = this.isTolerant && this.lines.respelled(word, step.type, this.version, step.parameter);
      if (!spelled) this.refuse('invalidValue', reason, step.parameter.name, step.parameter);
      this.result.deviations.push(...spelled.deviations);
      return { word: spelled.word, spelled: word };
    }
  }

  class Lines extends Values {
    // Whether an earlier parameter has the value that a condition asks for.
    holds(condition, result, version) {
      const found = result.values.filter(value => value.name === condition.parameter).pop();
      if (!found || found.items) return false;
      const row = result.form.parameters.find(parameter => parameter.name === condition.parameter);
      const type = row && this.grammar.type(row.type);
      if (!type) return false;
      if (type.kind === 'flags') {
        const bit = type.values.find(bit => bit.name === condition.value);
        if (bit) return (Number(found.word) & bit.value) !== 0;
      }
      return this.readings(found.word, type, version).includes(condition.value);
    }

    // Reads a line without its line break in a context of `sender`, `service` and `version`. A payload has so many
    // bytes; null for none. Gives the form with its values, or throws a refusal.
    read(line, payloadCount, context) {
      const name = /^[^ ]*/.exec(line)[0];
      const entry = this.grammar.entry(name, context);
      const keepsEmpty = entry && entry.command.emptyWords;
      const words = split(line, keepsEmpty);
      try {
        return { ...this.readStrictly(line, words, entry, payloadCount, context), words, deviant: false };
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        refusal.words = words;
        const isHopeless = ['forbiddenByte', 'invalidUTF8', 'tooManyParameters'].includes(refusal.kind);
        const found = entry && !isHopeless && this.readTolerantly(line, words, entry, payloadCount, context);
        if (!found) throw refusal;
        return { ...found, words, deviant: true, strictly: refusal };
      }
    }

    readStrictly(line, words, entry, payloadCount, context) {
      const { model } = this.grammar;
      const name = /^[^ ]*/.exec(line)[0];
      if (/[\0-\x1f\x7f]/.test(line)) throw new Refusal('forbiddenByte', 'the line contains a control character');
      if (decode(line) === null) throw new Refusal('invalidUTF8', 'the line is not UTF-8');
      if (!entry && this.grammar.isError(name, context.sender)) return this.readError(words, payloadCount, context);
      if (!entry || entry.command.namedOnly) {
        throw new Refusal('unknownCommand', `no command is named '${decode(name)}'`);
      }
      if (words.length - 1 > model.limits.parameters && !entry.command.rest) {
        throw new Refusal('tooManyParameters', `more than ${model.limits.parameters} words after the command word`);
      }
      if (!entry.candidates.length) {
        const place = `on ${context.service} in ${this.grammar.versionName(context.version)}`;
        throw new Refusal('notInVersion', `a ${context.sender} has no '${name}' ${place}`);
      }
      const choice = entry.candidates.find(candidate => candidate.tests.every(test => passes(test, words)));
      if (!choice) throw new Refusal('noMatchingForm', 'the line matches no form');
      return new FormReader(this, line, words, choice.plan, payloadCount, context.version, false).read();
    }

    // Reads a line by what programs are known to send instead: other spellings first, then other forms, then both.
    readTolerantly(line, words, entry, payloadCount, context) {
      const attempt = (plan, isTolerant) => {
        try {
          return new FormReader(this, line, words, plan, payloadCount, context.version, isTolerant).read();
        } catch (refusal) {
          if (refusal instanceof Refusal) return null;
          throw refusal;
        }
      };
      // In the order of the grammar, not in that of the tests.
      const forms = (entry.command[context.sender] || { forms: [] }).forms;
      const place = candidate => forms.indexOf(candidate.plan.form);
      const candidates = [...entry.candidates].sort((one, two) => place(one) - place(two));
      for (const { plan } of candidates) {
        const found = attempt(plan, true);
        if (found && found.deviations.length) return found;
      }
      for (const isTolerant of [false, true]) {
        for (const plan of entry.deviant) {
          const found = attempt(plan, isTolerant);
          if (found) return { ...found, deviations: [plan.form.deviation, ...found.deviations] };
        }
      }
      return null;
    }

    // A number in place of a command. It may have a transaction ID, and the length of a payload.
    readError(words, payloadCount, context) {
      const number = Number(words[0].text);
      const error = this.grammar.error(number, context.version);
      const result = { error, number, values: [], deviations: [], marks: [] };
      let cursor = 1;
      if (cursor < words.length && isTransaction(words[cursor].text)) {
        result.transaction = words[cursor].text;
        result.marks[cursor++] = { role: 'transaction' };
      }
      if (cursor < words.length && payloadCount !== null) {
        if (words[cursor].text !== String(payloadCount)) {
          const details = { parameter: 'payload length', word: cursor };
          throw new Refusal('wrongPayloadLength', 'does not match the payload', details);
        }
        result.marks[cursor++] = { role: 'length' };
      }
      if (cursor < words.length) {
        throw new Refusal('extraParameter', 'the line continues after its last parameter', { word: cursor, result });
      }
      return result;
    }

    // The answers that a line may get.
    answers(result, version) {
      return (result.form.answers || []).filter(answer => !answer.when || answer.when.values.some(value =>
        this.holds({ parameter: answer.when.parameter, value }, result, version)));
    }
  }

  interpreter.Lines = Lines;
  interpreter.Refusal = Refusal;
  interpreter.split = split;
})();
