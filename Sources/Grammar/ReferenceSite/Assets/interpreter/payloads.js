/* Reads what payloads contain: messages, header blocks, binary headers and documents, and payloads inside of those.

   A branch has a name, children, problems and deviations; a leaf has a word with its type, or bytes. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { decode, hexadecimal } = interpreter.bytes;
  const { has, Documents, Headers } = interpreter;

  const newBranch = (name, about) => ({ name, about, children: [], problems: [], deviations: [] });

  // A number of any width.
  function number(bytes, isBig) {
    const digits = hexadecimal(isBig ? bytes : [...bytes].reverse().join(''));
    return BigInt(`0x${digits}`);
  }

  class Payloads {
    constructor(lines) {
      Object.assign(this, { lines, grammar: lines.grammar });
      this.headers = new Headers(lines);
      this.documents = new Documents(lines);
    }

    // The payload of a form in a version.
    read(data, form, version) {
      const { format, contents = [] } = form.payload;
      const branch = newBranch('payload', form.payload.about);
      const known = contents.map(name => this.grammar.payloads.get(name))
        .filter(({ versions }) => has(versions, version));
      const plain = known.find(({ kind }) => kind === 'blocks' || kind === 'binary');
      if (plain) {
        this.addPayload(data, plain, branch);
      } else if (format === 'mime') {
        this.addMessage(data, branch);
      } else if (format === 'xml' && data !== '') {
        this.documents.read(data, known.filter(({ kind }) => kind === 'xml'), branch);
      } else {
        if (format === 'text' && decode(data) === null) branch.problems.push('the payload is not UTF-8 text');
        this.addBytes(data, branch);
      }
      return branch;
    }

    addBytes(data, branch) { if (data !== '') branch.children.push({ bytes: data }); }

    addPayload(data, payload, branch) {
      Object.assign(branch, { name: payload.name, about: payload.about, payload });
      if (payload.kind === 'binary') this.addBinary(data, payload, branch);
      else if (payload.kind === 'blocks') this.addBlocks(data, payload, branch);
      else this.addBytes(data, branch);
    }

    // MARK: Messages

    addMessage(data, branch) {
      const { lines, next, problem } = this.headers.read(data, 0);
      if (problem) return branch.problems.push(problem);
      const contentType = this.headers.contentType(lines);
      const payload = [...this.grammar.payloads.values()]
        .find(({ kind, contentType: other }) => kind === 'mime' && other === contentType);
      branch.contentType = contentType;
      if (payload) Object.assign(branch, { name: payload.name, about: payload.about, payload });
      const fields = payload && payload.fields || [];
      const head = newBranch('header');
      branch.children.push(head);
      this.headers.add(lines, payload && payload.fieldsInBody ? [] : fields, undefined, head);
      const body = data.slice(next);
      if (payload && payload.fieldsInBody) return this.addFieldsInBody(body, fields, branch);
      if (body === '') return undefined;
      if (!(payload && this.addInside(body, payload, {}, lines, branch))) this.addBytes(body, branch);
      return undefined;
    }

    addFieldsInBody(body, fields, branch) {
      const inside = newBranch('body');
      branch.children.push(inside);
      const { lines, next, problem } = this.headers.read(body, 0);
      if (problem) return inside.problems.push(problem);
      this.headers.add(lines, fields, undefined, inside);
      return this.addBytes(body.slice(next), branch);
    }

    // MARK: Payloads inside of others

    // Whether data begins with a line of a type.
    begins(data, startLine) {
      const line = /^[^\n]*/.exec(data)[0].replace(/\r$/, '');
      return this.lines.check(line, this.grammar.type(startLine.type), null) === null;
    }

    holds(condition, bearer, numbers, lines) {
      if (condition.number !== undefined) return numbers[condition.name] === BigInt(condition.number);
      if (condition.equals !== undefined) return numbers[condition.name] === numbers[condition.equals];
      const blocks = bearer.blocks || [bearer];
      const field = blocks.flatMap(block => block.fields || []).find(field => field.name === condition.name);
      const isThere = this.headers.find(lines, field ? field.header : condition.name) !== undefined;
      return isThere === condition.isPresent;
    }

    // Adds the payload inside of another one; whether the grammar knows it.
    addInside(data, bearer, numbers, lines, branch) {
      const contentType = this.headers.contentType(lines);
      for (const { payload: name, when = [] } of bearer.contents || []) {
        const payload = this.grammar.payloads.get(name);
        if (payload.contentType !== undefined && payload.contentType !== contentType) continue;
        const startLine = payload.blocks && payload.blocks[0].startLine;
        if (startLine && !this.begins(data, startLine)) continue;
        const isWhole = when.every(condition => this.holds(condition, bearer, numbers, lines));
        // One with a start line may come in several pieces, this being the first.
        if (!isWhole && !startLine) continue;
        const inside = newBranch(payload.name, payload.about);
        branch.children.push(inside);
        this.addPayload(data, payload, inside);
        if (!isWhole) {
          Object.assign(inside, { isPart: true, problems: [] });
        }
        return true;
      }
      return false;
    }

    // MARK: Header blocks

    addBlocks(data, payload, branch) {
      let position = 0;
      const all = [];
      for (const row of payload.blocks) {
        const { lines, next, problem } = this.headers.read(data, position, row.startLine !== undefined);
        if (problem) {
          branch.problems.push(problem);
          return this.addBytes(data.slice(position), branch);
        }
        const block = newBranch(row.name, row.about);
        branch.children.push(block);
        this.headers.add(lines, row.fields || [], row.startLine, block);
        all.push(...lines);
        position = next;
      }
      const body = data.slice(position);
      const fields = payload.blocks.flatMap(block => block.fields || []);
      const field = fields.find(field => field.name === payload.bodyLength);
      const length = field && this.headers.find(all, field.header);
      if (length && /^[+-]?[0-9]+[ \t]*$/.test(length.value) && Number(length.value) !== body.length) {
        branch.problems.push(`'${field.header}' does not fit the number of bytes`);
      }
      // Some write a zero byte at the end of a text.
      if (body !== '' && body !== '\0' && !this.addInside(body, payload, {}, all, branch)) this.addBytes(body, branch);
      return undefined;
    }

    // MARK: Binary headers

    addBinary(data, payload, branch) {
      const numbers = {};
      let position = 0;
      const take = rows => {
        for (const row of rows) {
          const bytes = data.slice(position, position + row.width);
          if (bytes.length < row.width) {
            branch.problems.push(`the payload ends inside '${row.name}'`);
            return false;
          }
          numbers[row.name] = number(bytes, row.bigEndian);
          const word = numbers[row.name].toString();
          branch.children.push({ name: row.name, word, bytes, type: this.grammar.type(row.type), about: row.about });
          position += row.width;
        }
        return true;
      };
      if (!take(payload.numbers)) return this.addBytes(data.slice(position), branch);
      if (payload.headerLength !== undefined) {
        const end = Number(numbers[payload.headerLength]);
        if (end < position || end > data.length) {
          branch.problems.push(`'${payload.headerLength}' does not fit the number of bytes`);
          return this.addBytes(data.slice(position), branch);
        }
        if (!this.addEntries(data.slice(position, end), payload, branch)) return this.addBytes(data.slice(end), branch);
        position = end;
      }
      const footer = payload.footer || [];
      const room = data.length - position - footer.reduce((sum, row) => sum + row.width, 0);
      const count = payload.dataLength === undefined ? room : Number(numbers[payload.dataLength]);
      if (count < 0 || count > data.length - position) {
        branch.problems.push("the payload ends inside 'data'");
        return this.addBytes(data.slice(position), branch);
      }
      const inner = data.slice(position, position + count);
      position += count;
      const place = branch.children.length;
      if (!take(footer)) return this.addBytes(inner, branch);
      if (inner !== '') {
        const behind = branch.children.splice(place);
        if (!this.addInside(inner, payload, numbers, [], branch)) this.addBytes(inner, branch);
        branch.children.push(...behind);
      }
      return this.addBytes(data.slice(position), branch);
    }

    // Entries of a type, a length and a value, which fill a header.
    addEntries(data, payload, branch) {
      const type = this.grammar.type(payload.entryType);
      for (let position = 0; position < data.length && data[position] !== '\0';) {
        const count = position + 1 < data.length ? data.charCodeAt(position + 1) : 0;
        if (position + 1 >= data.length || position + 2 + count > data.length) {
          branch.problems.push(`the payload ends inside '${position + 1 < data.length ? 'value' : 'length'}'`);
          return false;
        }
        const key = String(data.charCodeAt(position));
        const known = type && this.lines.named(key, type, null);
        branch.children.push({
          name: known ? known.name : `type ${key}`, about: known && known.about,
          bytes: data.slice(position + 2, position + 2 + count), isEntry: true,
        });
        position += 2 + count;
      }
      return true;
    }
  }

  interpreter.Payloads = Payloads;
})();
