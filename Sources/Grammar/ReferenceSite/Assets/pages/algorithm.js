/* Runs the algorithm of a page with the values of its form, and shows the value of each step. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { make, code, table } = interpreter.page;
  const { StepFailure, equal, format, parse, run, types } = interpreter.algorithms;
  const model = globalThis.GrammarModel;

  class AlgorithmForm {
    constructor(form) {
      const name = form.dataset.algorithm;
      const algorithm = model.algorithms[name];
      Object.assign(this, { form, name, algorithm, types: types(algorithm) });
      this.output = form.querySelector('[role=status]');
      this.steps = form.querySelector('.ran');
      this.vector = form.querySelector('select');
      form.addEventListener('submit', event => {
        event.preventDefault();
        this.run();
      });
      if (this.vector) this.vector.addEventListener('change', () => this.fill());
    }

    // What an exchange receives stands in the form, too.
    get fields() { return [...this.form.querySelectorAll('input[name]')]; }

    fill() {
      const vector = (this.algorithm.vectors || [])[this.vector.value];
      if (!vector) return;
      for (const field of this.fields) {
        const stated = { ...vector.results, ...vector.inputs }[field.name];
        field.value = stated === undefined ? '' : Array.isArray(stated) ? stated.join(', ') : stated;
      }
      this.run();
    }

    // The values of the fields; null if one is none of its type, which gets a message.
    values() {
      let isGood = true;
      const result = {};
      for (const field of this.fields) {
        const type = this.types.get(field.name);
        const value = parse(field.value, type);
        const wrong = this.complaint(value, type);
        field.setCustomValidity(wrong);
        isGood = isGood && !wrong;
        result[field.name] = value;
      }
      return isGood ? result : null;
    }

    // Why a value is none of a type; empty if it is one.
    complaint(value, { kind, length }) {
      if (!value) return `This must be ${kind === 'bytes' ? 'pairs of hexadecimal digits' : kind}.`;
      const count = value.value.length;
      if (length === undefined || count === undefined || count === length) return '';
      return `This must have ${length} ${kind === 'numbers' ? 'numbers' : 'bytes'}, not ${count}.`;
    }

    run() {
      const values = this.values();
      this.steps.replaceChildren();
      if (!values) {
        this.form.reportValidity();
        this.output.textContent = 'A value is none of its type.';
        return;
      }
      try {
        const found = run(model, this.name, values, values);
        this.show(found);
      } catch (error) {
        if (!(error instanceof StepFailure)) throw error;
        this.output.textContent = `The step '${error.step}' cannot be run: ${error.reason}.`;
      }
    }

    show(values) {
      const rows = this.algorithm.steps.filter(step => values.has(step.name)).map(step => {
        const value = values.get(step.name);
        const shown = value.kind === 'rounds' ? this.rounds(step, value) : code(format(value));
        return [code(step.name), step.operation, shown];
      });
      this.steps.append(table(['Step', 'Operation', 'Value'], rows));
      const outputs = this.algorithm.outputs.map(({ name }) => `${name} is ${format(values.get(name))}`);
      this.output.textContent = `${outputs.join('; ')}.${this.judgement(values)}`;
    }

    rounds(step, { value }) {
      const names = step.steps.map(({ name }) => name);
      const rows = value.map((round, place) => [`${place + 1}`, ...names.map(name => code(format(round.get(name))))]);
      return table(['Round', ...names], rows);
    }

    // Whether the results are those of the known answer whose inputs these are.
    judgement(values) {
      const isSame = ([name, stated]) => equal(parse(stated, this.types.get(name)), values.get(name));
      const known = (this.algorithm.vectors || []).find(vector => Object.entries(vector.inputs).every(isSame));
      if (!known) return '';
      const differs = Object.entries(known.results).find(([name, stated]) =>
        !equal(values.get(name), parse(stated, this.types.get(name), this.types.get(name).inner)));
      return differs ? ` The known answer has another ${differs[0]}.` : ' That is the known answer.';
    }
  }

  for (const form of document.querySelectorAll('form[data-algorithm]')) new AlgorithmForm(form);
})();
