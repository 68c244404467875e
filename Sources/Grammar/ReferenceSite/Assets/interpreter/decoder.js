/* Decodes what people paste, in one context or in all that are possible, and puts equal readings together. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { Grammar, Lines, Payloads, Refusal, frames, readInput } = interpreter;

  const mostFrames = 60;

  class Decoder {
    constructor(model) {
      this.grammar = new Grammar(model);
      this.lines = new Lines(this.grammar);
      this.payloads = new Payloads(this.lines);
    }

    // The contexts that choices leave open; null stands for all.
    contexts({ version = null, service = null, sender = null }) {
      const senders = sender ? [sender] : ['client', 'server'];
      const services = service ? [service] : this.grammar.services;
      const versions = version === null ? this.grammar.versions : [version];
      return senders.flatMap(sender =>
        services.flatMap(service => versions.map(version => ({ sender, service, version }))));
    }

    // Reads the first command of some bytes in a context.
    readFirst(data, context, isAlone) {
      const [frame] = frames(this.grammar, data, context, 1);
      if (!frame) return { refusal: new Refusal('noLine', 'there is no line') };
      const place = { frame, context };
      if (frame.problem && frame.announced === undefined) {
        return { ...place, refusal: new Refusal('framing', frame.problem) };
      }
      // Alone, a line may be without the payload that it announces.
      const lacks = frame.isCut && frame.payload === null && isAlone;
      const count = frame.payload ? frame.payload.length : null;
      const payloadCount = frame.isCut ? frame.announced : count;
      try {
        const reading = this.lines.read(frame.line, payloadCount, context);
        const { form } = reading;
        const payload = form && form.payload && frame.payload
          ? this.payloads.read(frame.payload, form, context.version) : null;
        if (frame.isCut && !lacks) {
          const has = frame.payload === null ? 0 : frame.payload.length;
          reading.isShort = `The payload has ${has} of ${frame.announced} bytes.`;
        }
        if (frame.problem) reading.isShort = `Wrong: ${frame.problem}.`;
        return { ...place, reading, payload, lacksPayload: lacks };
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        return { ...place, refusal };
      }
    }

    // What a reading says, so that equal ones in several contexts are shown once.
    key({ reading, payload, frame }, version) {
      const meaning = value => (value.items || [value]).map(item =>
        this.lines.meaning(item.word, this.grammar.type(value.parameter.type), version));
      return JSON.stringify([
        reading.form ? `${reading.form.sender} ${reading.form.fullName}` : ['error', reading.error],
        reading.transaction,
        reading.values.map(value => [value.name, value.parameter.type, value.parameter.about, meaning(value)]),
        reading.deviations.map(deviation => deviation.about), payload && payload.name, payload && payload.problems,
        reading.isShort, frame.next,
      ]);
    }

    refusalKey({ kind, form, sentence }) {
      if (kind === 'notInVersion') return kind;
      return `${kind} ${form ? `${form.sender} ${form.fullName}` : ''} ${sentence}`;
    }

    // The readings of the first command, those without deviations first, and the refusals if there are none.
    decodeFirst(data, choice, isAlone) {
      const readings = new Map();
      const refusals = new Map();
      for (const context of this.contexts(choice)) {
        const found = this.readFirst(data, context, isAlone);
        const { refusal } = found;
        const group = refusal ? refusals : readings;
        const key = refusal ? this.refusalKey(refusal) : this.key(found, context.version);
        if (!group.has(key)) group.set(key, { ...found, contexts: [] });
        group.get(key).contexts.push(context);
      }
      const all = [...readings.values()];
      const strict = all.filter(({ reading }) => !reading.deviant);
      const right = strict.length ? strict : all;
      const named = right.filter(({ reading }) => reading.form || reading.error);
      const chosen = named.length ? named : right;
      const whole = chosen.filter(({ reading }) => !reading.isShort);
      return {
        readings: whole.length ? whole : chosen,
        refusals: chosen.length ? [] : this.ordered([...refusals.values()]),
      };
    }

    // Those that came furthest first. That a command does not exist somewhere matters only if that is all.
    ordered(refusals) {
      const rank = ({ refusal }) => refusal.kind === 'notInVersion' ? -1
        : refusal.form ? 1 + (refusal.word === undefined ? 99 : refusal.word) : 0;
      const sorted = refusals.sort((one, two) => rank(two) - rank(one));
      const better = sorted.filter(({ refusal }) => refusal.kind !== 'notInVersion');
      return better.length ? better : sorted;
    }

    // All commands of a pasted text: the bytes of each, with readings or refusals.
    decode(text, choice = {}, kind = 'auto') {
      const isCommand = word => this.grammar.commands.has(word);
      const input = readInput(text, kind, isCommand);
      const commands = [];
      let note = '';
      for (const piece of input.pieces) {
        const room = mostFrames - commands.length;
        const sender = choice.sender || piece.sender || null;
        const attempts = piece.readings.map(data => this.decodeAll(data, { ...choice, sender }, room));
        const isGood = attempt =>
          attempt.commands.every(({ readings }) => readings.some(({ reading }) => !reading.isShort));
        const attempt = attempts.find(isGood) || attempts[0];
        commands.push(...attempt.commands);
        if (attempt.isCut) {
          note = `Only the first ${mostFrames} commands are read.`;
          break;
        }
      }
      return { kind: input.kind, problem: input.problem, note, commands };
    }

    // The commands of some bytes, and whether there are more than that many.
    decodeAll(data, choice, most) {
      const commands = [];
      let start = 0;
      while (start < data.length && /[^\r\n]/.test(data.slice(start))) {
        if (commands.length === most) return { commands, isCut: true };
        const rest = data.slice(start);
        const isAlone = !/\n[^]*[^\r\n]/.test(rest);
        const found = this.decodeFirst(rest, choice, isAlone);
        const [first] = found.readings.length ? found.readings : found.refusals;
        const { frame } = first;
        commands.push({ line: frame.line, payload: frame.payload, bytes: rest.slice(0, frame.next), ...found });
        start += Math.max(1, frame.next);
      }
      return { commands, isCut: false };
    }

    // Commands whose names are close to a word.
    similar(word) {
      const upper = word.toUpperCase();
      const commands = [...this.grammar.commands.values()];
      const same = commands.filter(({ name }) => name.toUpperCase() === upper);
      return same.length ? same : commands.filter(({ name }) =>
        name.length === word.length && [...name].filter((letter, place) => letter !== upper[place]).length === 1);
    }
  }

  interpreter.Decoder = Decoder;
})();
