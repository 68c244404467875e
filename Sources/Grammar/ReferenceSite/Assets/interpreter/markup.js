/* Reads the markup of a document: its elements, or the first thing that is not well-formed. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode, decode } = interpreter.bytes;

  const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

  // What an entity stands for; undefined for unknown ones.
  function character(name) {
    const digits = /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(name);
    if (!digits) return entities[name];
    const number = parseInt(digits[1] || digits[2], digits[1] ? 16 : 10);
    const isText = number > 0 && number < 0x110000 && (number < 0xd800 || number > 0xdfff);
    return isText ? encode(String.fromCodePoint(number)) : undefined;
  }

  const reference = /&(#x[0-9a-f]+|#[0-9]+|[a-z]+);/gi;

  // The text that markup stands for, or null if an entity is unknown.
  function unescaped(text) {
    let isKnown = true;
    const result = text.replace(reference, (_, name) => {
      const found = character(name);
      if (found === undefined) isKnown = false;
      return found;
    });
    return isKnown && !text.replace(reference, '').includes('&') ? result : null;
  }

  class Markup {
    constructor(data, depth) { Object.assign(this, { data, depth, position: 0, open: [], root: null }); }

    fail(reason) { throw new MarkupError(`the XML is not well-formed: ${reason}`); }

    // Moves behind what stands here, if it does.
    take(pattern) {
      pattern.lastIndex = this.position;
      const found = pattern.exec(this.data);
      if (found) this.position = pattern.lastIndex;
      return found;
    }

    read() {
      if (/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(this.data)) throw new MarkupError('the XML has a forbidden byte');
      if (decode(this.data) === null) throw new MarkupError('the XML is not UTF-8');
      this.take(/\xef\xbb\xbf/y);
      this.take(/<\?xml\s[^<>]*\?>/y);
      while (this.position < this.data.length) {
        this.readText();
        if (this.position < this.data.length) this.readMark();
      }
      if (this.open.length) this.fail('it ends inside an element');
      if (!this.root) this.fail('there is no element');
      return this.root;
    }

    readText() {
      const [text] = this.take(/[^<]*/y);
      const parent = this.open[this.open.length - 1];
      if (!parent) {
        if (/\S/.test(text)) this.fail('there is text outside of the element');
        return;
      }
      const plain = unescaped(text);
      if (plain === null) this.fail('an entity is not known');
      parent.text += plain;
    }

    readMark() {
      const parent = this.open[this.open.length - 1];
      if (this.take(/<!--[^]*?-->/y)) return;
      const characters = parent && this.take(/<!\[CDATA\[([^]*?)\]\]>/y);
      if (characters) {
        parent.text += characters[1];
        return;
      }
      const tag = this.take(/<(\/?)([^\s=/>?<"'&!]+)/y);
      if (!tag) this.fail('a tag has no name');
      if (!tag[1]) return this.readStart(tag[2], parent);
      const isClosed = this.take(/\s*>/y);
      if (!parent || parent.name !== tag[2] || !isClosed) this.fail('the end tag does not belong to the start tag');
      this.open.pop();
    }

    readStart(name, parent) {
      if (this.root && !parent) this.fail('there is more than one element outside of all others');
      if (this.open.length >= this.depth) throw new MarkupError(`elements are nested deeper than ${this.depth}`);
      const element = { name, attributes: new Map(), children: [], text: '' };
      for (;;) {
        const found = this.take(/\s+([^\s=/<>?"'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y);
        if (!found) break;
        if (element.attributes.has(found[1])) this.fail('an attribute stands twice');
        const value = unescaped(found[2] === undefined ? found[3] : found[2]);
        if (value === null) this.fail('an entity is not known');
        element.attributes.set(found[1], value);
      }
      const end = this.take(/\s*(\/?)>/y);
      if (!end) this.fail('a tag is not closed, or has something that is no attribute');
      if (parent) parent.children.push(element); else this.root = element;
      if (!end[1]) this.open.push(element);
    }
  }

  // What is wrong with a document.
  class MarkupError extends Error {}

  interpreter.markup = { read: (data, depth) => new Markup(data, depth).read(), MarkupError, unescaped };
})();
