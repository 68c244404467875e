/* Reads blocks of header lines. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode, decode, show } = interpreter.bytes;

  // One line of a block.
  function headerLine(text, isStartLine) {
    if (/[\r\0]/.test(text)) return { text, isStartLine, problem: 'a header has a forbidden byte' };
    if (isStartLine) return { text, isStartLine };
    const found = /^([^:]+):[ \t]*([^]*)$/.exec(text);
    return found ? { text, name: found[1], value: found[2] } : { text, problem: 'a line is no header' };
  }

  // The lines of a block and the place behind it, or what is wrong.
  function readHeaders(data, start, hasStartLine, limits) {
    const lines = [];
    const longest = start + Math.min(limits.headerBytes, data.length - start);
    let position = start;
    while (position < data.length) {
      const found = data.indexOf('\n', position);
      const feed = found < 0 ? data.length : found;
      if (feed > longest) return { problem: 'the headers are too long' };
      const stop = found > position && data[feed - 1] === '\r' ? feed - 1 : feed;
      const next = Math.min(feed + 1, data.length);
      if (stop === position) return { lines, next, isEnded: true };
      if (lines.length >= limits.headers) return { problem: 'there are too many headers' };
      lines.push(headerLine(data.slice(position, stop), hasStartLine && !lines.length));
      position = next;
    }
    return { lines, next: position };
  }

  const isNamed = (line, name) => line.name !== undefined && line.name.toLowerCase() === encode(name).toLowerCase();

  const mediaType = value => value.split(';')[0].replace(/[ \t]+$/, '').toLowerCase();

  class Headers {
    constructor(lines) { Object.assign(this, { lines, grammar: lines.grammar }); }

    read(data, start, hasStartLine = false) {
      return readHeaders(data, start, hasStartLine, this.grammar.model.limits);
    }

    find(lines, name) { return lines.find(line => isNamed(line, name)); }

    contentType(lines) {
      const line = this.find(lines, 'Content-Type');
      return line ? mediaType(line.value) : undefined;
    }

    // The value of a field, and what is wrong with it. Blanks behind it belong only to texts.
    accept(value, type, branch) {
      const word = ['token', 'text'].includes(type.kind) ? value : value.replace(/[ \t]+$/, '');
      const problem = this.lines.checkField(word, type);
      const spelled = problem && this.lines.respelled(word, type, null);
      if (!spelled) return { word, problem };
      branch.deviations.push(...spelled.deviations);
      return { word: spelled.word, problem: null };
    }

    // Adds the lines of a block by what is known of its fields and of the line before them.
    add(lines, fields, startLine, branch) {
      const seen = new Set();
      if (startLine && !(lines[0] && lines[0].text)) branch.problems.push(`'${startLine.name}' is missing`);
      for (const line of lines) {
        if (line.problem) {
          branch.problems.push(line.problem);
          branch.children.push({ bytes: line.text });
          continue;
        }
        const row = line.isStartLine ? startLine : fields.find(field => isNamed(line, field.header));
        const wireName = line.isStartLine ? undefined : show(line.name);
        if (!row || seen.has(row)) {
          branch.children.push({ wireName, word: line.value });
          continue;
        }
        seen.add(row);
        const type = this.grammar.type(row.type);
        const { word, problem } = this.accept(line.isStartLine ? line.text : line.value, type, branch);
        branch.children.push({ name: row.name, wireName, type, about: row.about, word, problem });
      }
      for (const row of fields) {
        if (row.required && !this.find(lines, row.header)) branch.problems.push(`'${row.header}' is missing`);
      }
    }
  }

  interpreter.Headers = Headers;
})();
