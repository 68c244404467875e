/* Reads documents: the values that the grammar has types for, and what is missing. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode, decode } = interpreter.bytes;
  const { markup } = interpreter;

  // Whether two names are equal without their prefixes.
  const isNamed = (name, other) => name.split(':').pop() === other.split(':').pop();

  // What stands before the first of two marks and what behind the last, both with the marks, and what between.
  function around(data, opening, closing) {
    const first = data.indexOf(opening);
    const last = data.lastIndexOf(closing);
    if (first < 0 || last < first + opening.length) return null;
    return [data.slice(0, first + opening.length), data.slice(first + opening.length, last), data.slice(last)];
  }

  class Documents {
    constructor(lines) { Object.assign(this, { lines, grammar: lines.grammar }); }

    // An element by its key, of a payload or of the sets that it includes.
    element(payload, key) {
      const sets = (payload.includes || []).map(name => this.grammar.model.elementSets[name].elements);
      const own = set => Object.prototype.hasOwnProperty.call(set, key);
      return [payload.elements, ...sets].filter(own).map(set => set[key])[0];
    }

    root(payload) { return this.element(payload, payload.root); }

    // The document with all text escaped that programs leave as it is, and the deviation; null if none is known.
    repaired(data, payload) {
      for (const fault of payload.deviations || []) {
        for (const element of fault.elements) {
          const parts = around(data, `<${element}>`, `</${element}>`);
          if (!parts) continue;
          // What is escaped already stays as it is.
          const text = parts[1].replace(/&#?x?\w+;|[<&]/g, found => {
            if (found === '<') return '&lt;';
            return markup.unescaped(found) === null ? `&amp;${found.slice(1)}` : found;
          });
          if (text !== parts[1]) return { fault, data: parts[0] + text + parts[2] };
        }
      }
      return null;
    }

    parse(data, payloads) {
      const { depth } = this.grammar.model.limits;
      try {
        return { root: markup.read(data, depth) };
      } catch (error) {
        if (!(error instanceof markup.MarkupError)) throw error;
        for (const payload of payloads) {
          const repaired = this.repaired(data, payload);
          try {
            if (repaired) return { root: markup.read(repaired.data, depth), fault: repaired.fault };
          } catch (other) {
            if (!(other instanceof markup.MarkupError)) throw other;
          }
        }
        return { problem: error.message };
      }
    }

    // Reads a document that may be one of some payloads into a branch.
    read(data, payloads, branch) {
      const { root, fault, problem } = this.parse(data, payloads);
      if (problem) {
        branch.problems.push(problem);
        branch.children.push({ bytes: data });
        return;
      }
      if (fault) branch.deviations.push(fault);
      const known = payloads.find(payload => isNamed(this.root(payload).element, decode(root.name)));
      if (known) {
        Object.assign(branch, { name: known.name, about: known.about, payload: known });
        this.addElement(root, this.root(known), known, branch);
      } else {
        const names = payloads.map(payload => this.root(payload).element);
        if (names.length) branch.problems.push(`the root is '${decode(root.name)}' instead of ${names.join(' or ')}`);
        branch.children.push({ bytes: data });
      }
    }

    addValue(word, row, name, branch) {
      const type = this.grammar.type(row.type);
      const leaf = { name: row.name, wireName: name, type, about: row.about, word };
      const problem = this.lines.checkField(word, type, row);
      if (problem) {
        const spelled = this.lines.respelled(word, type, null, row);
        if (spelled) {
          leaf.word = spelled.word;
          branch.deviations.push(...spelled.deviations);
        } else {
          leaf.problem = problem;
        }
      }
      branch.children.push(leaf);
    }

    // The elements that a row of children names, behind those around them.
    children(element, row, described) {
      const names = [...row.within || [], described ? described.element : row.element];
      return names.reduce((found, name) =>
        found.flatMap(parent => parent.children.filter(child => isNamed(child.name, encode(name)))), [element]);
    }

    addElement(element, row, payload, branch) {
      for (const attribute of row.attributes || []) {
        const key = encode(attribute.attribute);
        const name = [...element.attributes.keys()].sort((one, two) => (two === key) - (one === key))
          .find(name => isNamed(name, key));
        const value = name === undefined ? undefined : element.attributes.get(name);
        if (attribute.required && !value) branch.problems.push(`'${attribute.attribute}' is missing`);
        if (value) this.addValue(value, attribute, attribute.attribute, branch);
      }
      const rows = (row.children || []).map(child => {
        const described = child.type === undefined ? this.element(payload, child.element) : undefined;
        return { child, described, found: this.children(element, child, described) };
      });
      const total = rows.reduce((sum, { found }) => sum + found.length, 0);
      const lifting = (row.attributes || []).find(attribute => attribute.name === row.unless);
      const isLifted = lifting && element.attributes.has(encode(lifting.attribute));
      const require = (count, least) => {
        if (least && count < least) branch.problems.push(`'${decode(element.name)}' has fewer than ${least} elements`);
      };
      if (!isLifted) require(total, row.atLeast);
      for (const { child, described, found } of rows) {
        require(found.length, child.atLeast);
        for (const inner of found) {
          if (described) {
            const inside = {
              name: child.name, wireName: described.element, about: child.about || described.about,
              children: [], problems: [], deviations: [],
            };
            branch.children.push(inside);
            this.addElement(inner, described, payload, inside);
          } else if (inner.text !== '') {
            this.addValue(inner.text, child, child.element, branch);
          }
        }
      }
      if (row.text && element.text.trim()) branch.children.push({ name: row.text, word: element.text });
    }
  }

  interpreter.Documents = Documents;
})();
