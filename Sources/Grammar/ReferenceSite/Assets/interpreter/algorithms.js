/* Runs the steps of an algorithm of the model, and keeps the value of each. A value has a kind: text and bytes are
   strings with one character for each byte, numbers have up to 64 bits. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode, decode, hexadecimal, fromHexadecimal } = interpreter.bytes;
  const { md5, sha1, hmacSHA1, tripleDES } = interpreter.digests;

  // Why a step cannot be run.
  class StepFailure extends Error {
    constructor(step, reason) {
      super(`${step}: ${reason}`);
      Object.assign(this, { step, reason });
    }
  }

  const text = value => ({ kind: 'text', value });
  const bytes = value => ({ kind: 'bytes', value });
  const number = value => ({ kind: 'number', value });
  const numbers = value => ({ kind: 'numbers', value });

  const reversed = word => [...word].reverse().join('');

  // The first three parts of a GUID have their bytes in the other order.
  const swapped = value =>
    reversed(value.slice(0, 4)) + reversed(value.slice(4, 6)) + reversed(value.slice(6, 8)) + value.slice(8);

  // A value as the model states it, or as people type it; null if it is none of the type.
  function parse(stated, type, inner) {
    switch (type.kind) {
      case 'text': return typeof stated === 'string' ? text(encode(stated)) : null;
      case 'bytes': {
        const value = fromHexadecimal(stated.replace(/\s/g, ''));
        return value === null ? null : bytes(value);
      }
      case 'number': {
        if (!/^\s*(0x[0-9a-f]+|[0-9]+)\s*$/i.test(stated)) return null;
        const value = BigInt(stated.trim());
        return value < 1n << 64n ? number(value) : null;
      }
      case 'numbers': {
        const list = Array.isArray(stated) ? stated : stated.split(',');
        const found = list.map(item => parse(item, { kind: 'number' }));
        return found.every(Boolean) ? numbers(found.map(({ value }) => value)) : null;
      }
      default:
        return { kind: 'rounds', value: stated.map(round => new Map(Object.entries(round).map(([name, value]) =>
          [name, parse(value, inner.find(step => step.name === name).type)]))) };
    }
  }

  // A value for people; rounds are tables of those.
  function format({ kind, value }) {
    switch (kind) {
      case 'text': return interpreter.bytes.show(value);
      case 'bytes': return hexadecimal(value);
      case 'number': return value.toString();
      case 'numbers': return value.join(', ');
      default: return `${value.length} rounds`;
    }
  }

  const equal = (one, two) => one.kind === two.kind && (one.kind !== 'rounds'
    ? String(one.value) === String(two.value)
    : one.value.length === two.value.length && one.value.every((round, index) =>
      [...two.value[index]].every(([name, value]) => equal(round.get(name), value))));

  class Run {
    constructor(model, algorithm, inputs, received) {
      Object.assign(this, { model, algorithm, received, step: '' });
      this.values = new Map(Object.entries(inputs));
      for (const constant of algorithm.constants || []) {
        this.values.set(constant.name, parse(constant.value, constant.type));
      }
    }

    all() {
      for (const step of this.algorithm.steps) this.run(step);
      return this.values;
    }

    run(step) {
      this.step = step.name;
      if (step.operation === 'exchange') this.exchange(step);
      else if (step.operation === 'for-each') this.loop(step);
      else this.values.set(step.name, this.result(step));
    }

    fail(reason) { throw new StepFailure(this.step, reason); }

    value(name) { return this.values.get(name) || this.fail(`there is no '${name}'`); }

    // What a server answers is given, because no computation has it.
    exchange(step) {
      for (const { name } of step.receives || []) {
        if (!this.received[name]) this.fail(`'${name}' comes from a server`);
        this.values.set(name, this.received[name]);
      }
    }

    loop(step) {
      const list = this.value(step.of[0]).value;
      const outer = new Map(this.values);
      const rounds = [];
      const keeps = step.keeps || [];
      for (const { name, start } of keeps) this.values.set(name, this.value(start));
      if (list.length % step.takes.length) this.fail(`the list has no multiple of ${step.takes.length} numbers`);
      for (let place = 0; place < list.length; place += step.takes.length) {
        step.takes.forEach((name, offset) => this.values.set(name, number(list[place + offset])));
        for (const inner of step.steps) this.run(inner);
        rounds.push(new Map(step.steps.map(({ name }) => [name, this.values.get(name)])));
        const next = keeps.map(kept => [kept.name, this.value(kept.next)]);
        for (const [name, value] of next) this.values.set(name, value);
      }
      const kept = keeps.map(({ name }) => [name, this.values.get(name)]);
      this.values = new Map([...outer, ...kept, [step.name, { kind: 'rounds', value: rounds }]]);
      this.step = step.name;
    }

    result(step) {
      const operands = (step.of || []).map(name => this.value(name));
      const isText = operands.every(({ kind }) => kind === 'text');
      const joined = operands.map(({ kind, value }) => kind === 'text' || kind === 'bytes' ? value : '').join('');
      const list = operands.flatMap(({ kind, value }) => kind === 'numbers' ? value : kind === 'number' ? [value] : []);
      const same = value => isText ? text(value) : bytes(value);
      switch (step.operation) {
        case 'md5': return bytes(md5(joined));
        case 'sha1': return bytes(sha1(joined));
        case 'hmac-sha1': return bytes(hmacSHA1(this.value(step.key).value, joined));
        case '3des-cbc': {
          const cipher = tripleDES(joined, this.value(step.key).value, this.value(step.initialization).value);
          return cipher === null ? this.fail('a size is wrong') : bytes(cipher);
        }
        case 'base64': return text(btoa(joined));
        case 'from-base64':
          if (!/^([a-z0-9+/]{4})*([a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/i.test(joined)) this.fail('this is not base64');
          return bytes(atob(joined));
        case 'hexadecimal': return text(hexadecimal(joined));
        case 'concatenate': return same(joined);
        case 'fill': {
          let filled = joined;
          while (filled.length % step.multiple) filled += encode(step.with);
          return same(filled);
        }
        case 'take': return same(joined.slice(step.first, step.first + step.count));
        case 'numbers': return numbers(this.numbersIn(joined, step));
        case 'bytes': return bytes(list.map(value => this.bytesOf(value, step)).join(''));
        case 'item':
          if (list[step.index] === undefined) this.fail(`there is no number ${step.index}`);
          return number(list[step.index]);
        case 'list': return numbers(list);
        case 'add': return this.calculate(list, step, (one, two) => one + two);
        case 'multiply': return this.calculate(list, step, (one, two) => one * two);
        case 'and': return this.combine(operands, (one, two) => one & two);
        case 'xor': return this.combine(operands, (one, two) => one ^ two);
        case 'decimal': return text(list.join(''));
        case 'percent-encode':
          return text(joined.replace(/[^a-z0-9]/gi, byte => `%${hexadecimal(byte).toUpperCase()}`));
        case 'percent-decode': {
          if (/%(?![0-9a-f]{2})/i.test(joined)) this.fail('this is not percent-coded');
          const plain = joined.replace(/%(..)/g, (_, digits) => fromHexadecimal(digits));
          return decode(plain) === null ? this.fail('this is no text') : text(plain);
        }
        case 'replace': return text(joined.split(encode(step.find)).join(encode(step.with)));
        case 'field': return this.field(joined, step);
        case 'guid': return text(this.guid(swapped(joined)));
        case 'guid-bytes': {
          const value = fromHexadecimal(joined.replace(/[^0-9a-f]/gi, ''));
          return value === null || value.length !== 16 ? this.fail('this is no GUID') : bytes(swapped(value));
        }
        case 'algorithm': return this.other(step);
        default: return this.fail(`'${step.operation}' is unknown`);
      }
    }

    other(step) {
      const algorithm = this.model.algorithms[step.algorithm];
      const inputs = {};
      for (const [name, operand] of Object.entries(step.inputs)) inputs[name] = this.value(operand);
      return new Run(this.model, algorithm, inputs, {}).all().get(algorithm.outputs[0].name);
    }

    calculate(list, step, operation) {
      const modulo = step.modulo === undefined ? null : this.value(step.modulo).value;
      if (modulo === 0n) this.fail('the modulus is 0');
      return number(list.reduce((one, two) => {
        const next = operation(one, two);
        if (next >= 1n << 64n) this.fail('the result has more than 64 bits');
        return modulo === null ? next : next % modulo;
      }));
    }

    combine([one, two], operation) {
      if (one.kind === 'number' && two.kind === 'number') return number(operation(one.value, two.value));
      if (two.kind === 'number') return numbers(one.value.map(value => operation(value, two.value)));
      if (one.kind === 'number') return numbers(two.value.map(value => operation(one.value, value)));
      if (one.value.length !== two.value.length) this.fail('the lists have different lengths');
      return numbers(one.value.map((value, index) => operation(value, two.value[index])));
    }

    numbersIn(data, { width, bigEndian }) {
      const result = [];
      for (let place = 0; place < data.length; place += width) {
        const part = data.slice(place, place + width);
        result.push(BigInt(`0x${hexadecimal(bigEndian ? part : reversed(part))}`));
      }
      return result;
    }

    bytesOf(value, { width, bigEndian }) {
      const digits = BigInt.asUintN(8 * width, value).toString(16).padStart(2 * width, '0');
      return bigEndian ? fromHexadecimal(digits) : reversed(fromHexadecimal(digits));
    }

    field(data, { field, separator, quote = '' }) {
      const found = data.split(encode(separator)).find(part => part.startsWith(`${encode(field)}=`));
      if (found === undefined) this.fail(`there is no '${field}'`);
      let value = found.slice(encode(field).length + 1);
      while (quote && value !== '' && quote.includes(value[0])) value = value.slice(1);
      while (quote && value !== '' && quote.includes(value[value.length - 1])) value = value.slice(0, -1);
      return text(value);
    }

    guid(value) {
      const digits = hexadecimal(value).toUpperCase();
      return `{${[[0, 8], [8, 12], [12, 16], [16, 20], [20]].map(range => digits.slice(...range)).join('-')}}`;
    }
  }

  // The types of the values of an algorithm, by name, and the steps of a loop.
  function types(algorithm) {
    const rows = [...algorithm.inputs, ...algorithm.constants || [], ...algorithm.steps, ...algorithm.outputs];
    const result = new Map(rows.filter(row => row.type).map(row => [row.name, { ...row.type, inner: row.steps }]));
    for (const step of algorithm.steps) {
      for (const { name } of step.receives || []) result.set(name, { kind: 'text' });
      for (const { name } of step.keeps || []) result.set(name, { kind: 'number' });
    }
    return result;
  }

  interpreter.algorithms = {
    StepFailure, parse, format, equal, types,
    // Runs an algorithm with values by name; `received` has what servers answer.
    run: (model, name, inputs, received = {}) => new Run(model, model.algorithms[name], inputs, received).all(),
  };
})();
