/* Shows what a line says: its words with their parameters, bits, payloads, and why it is refused. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { decode, escaped, hexadecimal, show } = interpreter.bytes;

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
    return element;
  };
  const code = text => make('code', { textContent: text });
  const link = (target, content) => target ? make('a', { href: target }, content) : content;
  const note = (title, text) => make('p', { className: 'note' }, make('b', { textContent: `${title}. ` }), text);

  // Rows with a heading; columns that are empty in all rows are left out.
  function table(heads, rows) {
    const columns = heads.map((_, column) => column).filter(column => rows.some(row => row[column]));
    const head = make('tr', {}, ...columns.map(column => make('th', { scope: 'col', textContent: heads[column] })));
    const body = rows.map(row => make('tr', {}, ...columns.map((column, place) =>
      make(place ? 'td' : 'th', place ? {} : { scope: 'row' }, row[column] || ''))));
    return make('div', { className: 'scroll' }, make('table', {}, make('thead', {}, head), make('tbody', {}, ...body)));
  }

  class View {
    constructor(decoder, pages) { Object.assign(this, { decoder, pages, grammar: decoder.grammar, lines: decoder.lines }); }

    // Versions in words, such as `MSNP8 to MSNP12`; nothing where there is only one.
    versions(contexts) {
      const { versions } = this.grammar;
      if (versions.length < 2) return '';
      const numbers = new Set(contexts.map(({ version }) => version));
      const runs = [];
      for (const [place, number] of versions.entries()) {
        if (!numbers.has(number)) continue;
        const last = runs[runs.length - 1];
        if (last && last.end === place - 1) Object.assign(last, { end: place, to: number });
        else runs.push({ end: place, from: number, to: number });
      }
      const name = number => this.grammar.versionName(number);
      return runs.map(({ from, to }) => from === to ? name(from) : `${name(from)} to ${name(to)}`).join(', ');
    }

    // Where something was read: senders, services and versions.
    places(contexts) {
      const senders = [...new Set(contexts.map(({ sender }) => sender))];
      const services = [...new Set(contexts.map(({ service }) => service))];
      const versions = this.versions(contexts);
      return [
        ...senders.map(sender => make('span', { className: `tag ${sender}`, textContent: `from a ${sender}` })),
        services.length < this.grammar.services.length || services.length === 1
          ? make('span', { className: 'tag', textContent: services.join(', ') }) : null,
        versions ? make('span', { className: 'v', textContent: versions }) : null,
      ];
    }

    typeLink(type) { return type ? link(this.pages.types[type.name], code(type.name)) : ''; }

    // MARK: Words

    // Each word of a line with what it is. A value that is all that is left of the line is one word.
    words({ reading, frame }, version) {
      const { words, marks } = reading;
      const result = [];
      for (const [place, { text, start }] of words.entries()) {
        const mark = marks[place];
        if (place === 0) {
          result.push({ role: 'command', text });
        } else if (!mark) {
          result.push({ role: 'unknown', text });
        } else if (mark.role === 'transaction') {
          result.push({ ...mark, text, name: 'TrID', about: 'The transaction ID: the answer repeats that of its request.' });
        } else if (mark.role === 'length') {
          result.push({ ...mark, text, name: 'length', about: 'The number of bytes of the payload.' });
        } else if (mark.role === 'parameter') {
          const isRest = marks.slice(place + 1).some(next => next && next.role === 'more');
          const { parameter } = mark;
          const value = reading.values.find(value => value.parameter === parameter);
          const items = mark.item === undefined ? value && (value.items || [value]) : [value.items[mark.item]];
          const type = this.grammar.type(parameter.type);
          result.push({
            ...mark, text: isRest ? frame.line.slice(start) : text, name: parameter.name, type,
            about: parameter.about || type && type.about, isSensitive: parameter.sensitive,
            meanings: (items || []).map(item => ({ word: item.word, ...this.lines.meaning(item.word, type, version) })),
          });
        } else if (mark.role === 'literal') {
          result.push({ ...mark, text });
        }
      }
      return result;
    }

    figure(words, sender, { line: text, payload }, wrong) {
      const spans = words.map((word, place) => {
        const gloss = word.name ? make('span', { className: 'g', textContent: word.name }) : null;
        const kind = word.role === 'command' ? ' cmd' : word.role === 'literal' ? ' lit' : '';
        const span = make('span', { className: `w${kind}${place === wrong ? ' on' : ''}` },
          make('span', { className: 't', textContent: escaped(word.text) || ' ' }), gloss);
        if (word.name) {
          Object.assign(span.dataset, { name: word.name, type: word.type ? word.type.name : '', about: word.about || '' });
        }
        return span;
      });
      const who = make('span', { className: 'who' }, make('span', { className: 'sr', textContent: `${sender}: ` }));
      const line = make('div', { className: `wl ${sender}` }, who, make('div', { className: 'words' }, ...spans));
      line.dataset.raw = escaped(`${text}\r\n${payload || ''}`);
      return make('figure', { className: 'wire' }, line);
    }

    // What a word means, as text and lists.
    meaning({ text, about, hexadecimal: number, parts, isUnknown }) {
      if (parts) {
        return make('ul', {}, ...parts.map(part => make('li', {}, code(part.name), ' ', show(part.word), ' ',
          part.parts ? this.meaning(part) : part.text || part.hexadecimal
            ? make('span', { className: 'soft' }, this.meaning(part)) : '')));
      }
      const words = [number, text && about ? `${text}: ${about}` : text].filter(Boolean).join(' ');
      return words && !isUnknown ? words : '';
    }

    wordTable(words) {
      const rows = words.filter(word => word.name).map(word => [
        code(escaped(word.text) || ' '), word.name, this.typeLink(word.type),
        make('div', {}, ...(word.meanings || []).map(meaning => make('div', {}, this.meaning(meaning))),
          word.about ? make('span', { className: 'soft', textContent: word.about }) : '',
          word.isSensitive ? make('span', { className: 'tag closes', textContent: ' secret: keep it out of logs' }) : ''),
      ]);
      return rows.length ? table(['Word', 'Parameter', 'Type', 'Meaning'], rows) : null;
    }

    // The bits of flags, also of those inside composite words.
    bitTables(words) {
      const found = [];
      const collect = (name, meaning) => {
        if (meaning.bits && meaning.bits.length) found.push([name, meaning]);
        for (const part of meaning.parts || []) collect(`${name}, ${part.name}`, part);
      };
      for (const word of words) for (const meaning of word.meanings || []) collect(word.name, meaning);
      return found.map(([name, { bits }]) => {
        const rows = bits.map(({ mask, name, value, about }) => make('tr', {},
          make('td', { textContent: `0x${mask.toString(16).toUpperCase().padStart(8, '0')}` }),
          make('td', {}, make('b', { textContent: value ? `${name}: ${value}` : name }), ' ',
            make('span', { className: 'soft', textContent: about || '' }))));
        const caption = make('caption', { className: 'sr', textContent: `${name}, bit by bit` });
        return make('details', { className: 'fold', open: true },
          make('summary', {}, make('b', { textContent: name }), ', bit by bit'),
          make('table', { className: 'bits' }, caption, make('tbody', {}, ...rows)));
      });
    }

    // MARK: Payloads

    bytes(data) {
      const text = decode(data);
      const isText = text !== null && !/[\0-\x08\x0e-\x1f]/.test(text);
      if (isText) return make('div', { className: 'payload', textContent: text });
      const rows = hexadecimal(data).match(/.{1,32}/g).map(row => row.replace(/../g, '$& ').trim());
      return make('pre', { className: 'value', textContent: rows.join('\n') });
    }

    problems(branch) {
      return [
        ...branch.problems.map(text => note('Wrong', `${text[0].toUpperCase()}${text.slice(1)}.`)),
        ...branch.deviations.map(deviation => this.deviation(deviation)),
      ];
    }

    deviation({ about, programs }) {
      const names = programs.map(name => {
        const program = this.grammar.programs.get(name);
        return link(this.pages.programs[name], program ? program.title : name);
      });
      const paragraph = note('Known deviation', `${about} (`);
      names.forEach((name, place) => paragraph.append(place ? ', ' : '', name));
      paragraph.append(')');
      return paragraph;
    }

    leafRow(leaf) {
      const meaning = leaf.type && !leaf.problem ? this.meaning(this.lines.meaning(leaf.word, leaf.type, null)) : '';
      const value = leaf.word === undefined ? hexadecimal(leaf.bytes) : show(leaf.word);
      const name = leaf.wireName && leaf.wireName !== leaf.name ? leaf.wireName : leaf.name;
      return [
        code(name || ''), leaf.name && leaf.name !== name ? leaf.name : '', code(value),
        make('div', {}, meaning, leaf.problem ? note('Wrong', `It ${leaf.problem}.`) : '',
          leaf.about ? make('div', { className: 'soft', textContent: leaf.about }) : ''),
      ];
    }

    branch(branch, isOutermost = false) {
      const content = [...this.problems(branch)];
      let rows = [];
      const flush = () => {
        if (rows.length) content.push(table(['Field', 'Name', 'Value', 'Meaning'], rows));
        rows = [];
      };
      for (const child of branch.children) {
        if (child.children) {
          flush();
          content.push(this.branch(child));
        } else if (child.name !== undefined || child.wireName !== undefined) {
          rows.push(this.leafRow(child));
        } else {
          flush();
          content.push(this.bytes(child.bytes));
        }
      }
      flush();
      const title = make('b', { textContent: isOutermost ? 'Payload' : branch.name });
      const about = [
        isOutermost && branch.payload ? link(this.pages.payloads[branch.name], code(branch.name)) : '',
        branch.isPart ? 'the first of several parts' : '',
        make('span', { className: 'soft', textContent: branch.about || branch.contentType || '' }),
      ].filter(Boolean);
      const summary = make('summary', {}, title);
      for (const part of about) summary.append(' ', part);
      return make('details', { className: 'fold', open: true }, summary, ...content);
    }

    // MARK: Readings

    head(title, sender, places) {
      const name = make('div', { className: 'form-head' }, make('h3', {}, title));
      for (const place of places.filter(Boolean)) name.append(place);
      return make('article', { className: `form ${sender}` }, name);
    }

    facts(rows) {
      const shown = rows.filter(([, items]) => items.length);
      if (!shown.length) return null;
      const list = make('dl', { className: 'facts' });
      for (const [name, items] of shown) {
        const content = make('dd');
        items.forEach((item, place) => content.append(place ? ', ' : '', item));
        list.append(make('dt', { textContent: name }), content);
      }
      return list;
    }

    errorArticle({ reading, contexts, frame, payload }) {
      const { error, number } = reading;
      const title = `${number}${error ? ` ${error.name}` : ''}`;
      const article = this.head(link(this.pages.errors[number], title), 'server', this.places(contexts));
      const about = error ? error.about || '' : 'The grammar has no error with this number.';
      article.append(make('p', { className: 'prose', textContent: about }));
      if (error && error.closes) article.append(make('p', { className: 'tag closes', textContent: 'The connection closes.' }));
      const words = this.words({ reading, frame }, contexts[0].version);
      const table = this.wordTable(words);
      article.append(this.figure(words, 'server', frame), ...(table ? [table] : []));
      if (payload) article.append(this.branch(payload, true));
      return article;
    }

    reading(found) {
      const { reading, contexts, frame, payload } = found;
      if (!reading.form) return this.errorArticle(found);
      const { form } = reading;
      const { version } = contexts[0];
      const title = link(this.pages.forms[form.fullName], code(form.fullName));
      const article = this.head(title, form.sender, this.places(contexts));
      if (form.about) article.append(make('p', { className: 'prose', textContent: form.about }));
      article.append(...reading.deviations.map(deviation => this.deviation(deviation)));
      if (reading.isShort) article.append(note('Payload', reading.isShort));
      if (found.lacksPayload) article.append(note('Payload', `Its ${frame.announced} bytes are not here.`));
      if (frame.payload && !form.payload) article.append(note('Payload', 'This form has none; its bytes were left out.'));
      const words = this.words(found, version);
      article.append(this.figure(words, form.sender, frame));
      const parts = [this.wordTable(words), ...this.bitTables(words), payload ? this.branch(payload, true) : null];
      const answers = this.lines.answers(reading, version);
      const toForm = name => link(this.pages.forms[name] || this.pages.commands[name], code(name));
      parts.push(this.facts([
        ['Answers', answers.map(({ form: name }) => toForm(name))],
        ['Errors', (form.errors || []).flatMap(name => (this.grammar.model.errors || [])
          .filter(error => error.name === name && interpreter.has(error.versions, version)))
          .map(({ number, name }) => link(this.pages.errors[number], `${number} ${name}`))],
      ]));
      article.append(...parts.filter(Boolean));
      return article;
    }

    // MARK: Refusals

    refusal({ refusal, contexts, frame }) {
      const { form, kind } = refusal;
      const sender = form ? form.sender : contexts[0].sender;
      const title = form ? link(this.pages.forms[form.fullName], code(form.fullName)) : 'Not read';
      const article = this.head(title, sender, kind === 'unknownCommand' ? [] : this.places(contexts));
      const words = (refusal.words || []).map(({ text }, place) => {
        const mark = refusal.result && refusal.result.marks[place];
        const others = { transaction: 'TrID', length: 'length' };
        const name = mark && mark.parameter ? mark.parameter.name : mark && others[mark.role];
        return { text, name: name || '', role: place ? mark && mark.role : 'command' };
      });
      if (words.length) article.append(this.figure(words, sender, frame, refusal.word));
      const sentence = refusal.sentence.replace(/^./, letter => letter.toUpperCase());
      article.append(note('Refused', `${sentence}.`));
      if (refusal.expected) {
        const { literal, type: name, prefix, about, minimum, maximum } = refusal.expected;
        const type = this.grammar.type(name);
        const what = literal === undefined
          ? this.lines.expectation(type, contexts[0].version, { minimum, maximum }) : `the word ${literal}`;
        const expected = note('Expected', `${what}${prefix ? ` behind ${prefix}` : ''}. ${about || type && type.about || ''} `);
        expected.append(this.typeLink(type));
        article.append(expected);
      }
      return article;
    }

    // Why nothing reads a command.
    refusals({ line, refusals }) {
      const [{ refusal }] = refusals;
      const word = /^[^ ]*/.exec(line)[0];
      const shown = refusals.slice(0, 5).map(found => this.refusal(found));
      if (refusal.kind === 'unknownCommand') {
        const near = this.decoder.similar(show(word));
        if (near.length) {
          const hint = note('Similar', '');
          near.forEach(({ name, about }, place) =>
            hint.append(place ? ' ' : '', link(this.pages.commands[name], code(name)), `: ${about}`));
          shown.push(hint);
        }
      }
      if (refusal.kind === 'notInVersion') shown.push(...this.whereabouts(this.grammar.commands.get(word)));
      const rest = refusals.length - shown.filter(({ localName }) => localName === 'article').length;
      if (rest > 0) shown.push(make('p', { className: 'small soft', textContent: `${rest} more do not fit either.` }));
      return shown;
    }

    whereabouts(command) {
      const rows = ['client', 'server'].flatMap(sender => (command[sender] ? command[sender].forms : []).map(form => {
        const versions = this.grammar.versions.filter(version => interpreter.has(form.versions, version));
        return [link(this.pages.forms[form.fullName], code(form.fullName)), sender,
          (form.services || this.grammar.services).join(', '), this.versions(versions.map(version => ({ version })))];
      }));
      return rows.length ? [table(['Form', 'Sender', 'Services', 'Versions'], rows)] : [];
    }
  }

  interpreter.View = View;
  interpreter.page = { make, code, link, note, table };
})();
