/* The tables of the model, ready for use: sets of versions, types by name, and what lines may be in a context. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode } = interpreter.bytes;

  const sets = new Map();

  // Whether a set such as "2-7,10" has a version. A set that is left out has all; no version is in each.
  function has(set, version) {
    if (set === undefined || version === null) return true;
    let numbers = sets.get(set);
    if (!numbers) {
      numbers = new Set();
      for (const part of set.split(',').filter(Boolean)) {
        const [first, last = first] = part.split('-').map(Number);
        for (let number = first; number <= last; number++) numbers.add(number);
      }
      sets.set(set, numbers);
    }
    return numbers.has(version);
  }

  function leastWords(parameter) {
    if (parameter.optional || parameter.when) return 0;
    return parameter.atLeast === undefined ? 1 : parameter.atLeast;
  }

  class Grammar {
    constructor(model) {
      this.model = model;
      this.types = new Map(Object.entries(model.types).map(([name, type]) => [name, { name, ...type }]));
      this.commands = new Map(Object.entries(model.commands).map(([name, command]) => [name, { name, ...command }]));
      this.payloads = new Map(Object.entries(model.payloads).map(([name, payload]) => [name, { name, ...payload }]));
      this.services = model.services.map(service => service.name);
      this.versions = model.versions.map(version => version.number);
      this.programs = new Map(model.programs.map(program => [program.name, program]));
      for (const command of this.commands.values()) {
        for (const sender of ['client', 'server']) {
          for (const form of command[sender] ? command[sender].forms : []) {
            Object.assign(form, { command: command.name, sender, fullName: `${command.name}.${form.name}` });
          }
        }
      }
      this.contexts = new Map();
    }

    type(name) { return name === undefined ? undefined : this.types.get(name); }

    versionName(number) {
      const version = this.model.versions.find(version => version.number === number);
      return version && version.name ? version.name : `version ${number}`;
    }

    // The error of a number in a version. The same number may be another error in another version.
    error(number, version) {
      return (this.model.errors || []).find(error => error.number === number && has(error.versions, version));
    }

    // Whether a word in place of a command is the number of an error.
    isError(word, sender) { return Boolean(this.model.errors) && sender === 'server' && /^[0-9]{3}$/.test(word); }

    // What is read word by word of a form in a version: parameters, and the length of the payload. `behind` is the
    // number of words that must follow.
    plan(form, version) {
      const steps = [];
      const payload = form.payload;
      const place = payload && (payload.lengthPlace === undefined ? form.parameters.length : payload.lengthPlace);
      let behind = 0;
      let lengthWords = 0;
      for (let index = form.parameters.length; index >= 0; index--) {
        const parameter = form.parameters[index];
        if (parameter && has(parameter.versions, version)) {
          steps.unshift({ parameter, behind, lengthWords, literal: parameter.literal && encode(parameter.literal),
            prefix: encode(parameter.prefix || ''), type: this.type(parameter.type) });
          behind += leastWords(parameter);
        }
        if (index === place) {
          steps.unshift({ isLength: true });
          behind += 1;
          lengthWords = 1;
        }
      }
      return { form, steps };
    }

    // What the lines of a command may be in a context; undefined if no command has the name.
    entry(word, { sender, service, version }) {
      const command = this.commands.get(word);
      if (!command) return undefined;
      const key = `${word} ${sender} ${service} ${version}`;
      let entry = this.contexts.get(key);
      if (entry) return entry;
      const fits = row => (!row.services || row.services.includes(service)) && has(row.versions, version);
      const side = command[sender] || { forms: [], choices: [] };
      const forms = new Map(side.forms.map(form => [form.name, form]));
      const choices = side.choices.find(fits);
      entry = {
        command, framing: (side.framing || []).find(fits),
        candidates: (choices ? choices.order : []).map(choice =>
          ({ tests: choice.tests || [], plan: this.plan(forms.get(choice.form), version) })),
        deviant: side.forms.filter(form => !form.services || form.services.includes(service))
          .flatMap(form => (form.deviations || []).map(deviation =>
            ({ ...form, ...deviation, about: form.about, deviation })))
          .filter(form => has(form.deviation.versions, version)).map(form => this.plan(form, version)),
      };
      this.contexts.set(key, entry);
      return entry;
    }
  }

  interpreter.has = has;
  interpreter.Grammar = Grammar;
})();
