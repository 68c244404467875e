/* Makes bytes of what people paste: lines, lines with escapes, and hex dumps in the usual layouts. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode } = interpreter.bytes;

  const bytesOf = digits =>
    (digits.match(/[0-9a-f]{2}/gi) || []).map(pair => String.fromCharCode(parseInt(pair, 16))).join('');

  // Layouts of one line of a dump; the first group has the digits. The text beside them is left out.
  const layouts = [
    // `00000000: 5553 5220 31  USR 1` of xxd and `0x0010:  5553 ...` of tcpdump
    /^\s*(?:0x)?[0-9a-f]{3,16}:\s+((?:[0-9a-f]{2,4} ?)*[0-9a-f]{2,4})(?:\s{2}.*)?$/i,
    // `00000000  55 53 52 20  |USR |` of hexdump -C and `0010   55 53 52   USR` of Wireshark
    /^\s*[0-9a-f]{4,16}\s{2,}((?:[0-9a-f]{2}\s{1,2})*[0-9a-f]{2})(?:\s{2,}.*|\s*\|.*)?$/i,
    // `55 53 52 20`, `55:53:52`, `0x55, 0x53`, `\x55\x53`
    /^\s*((?:(?:0x|\\x)?[0-9a-f]{2}[\s,:]*)*(?:0x|\\x)?[0-9a-f]{2})[\s,;]*$/i,
  ];

  // The bytes of a dump; null if the text is none.
  function dump(text) {
    const lines = text.split('\n').filter(line => line.trim());
    if (!lines.length) return null;
    // The last offset may stand alone.
    const rows = lines.filter((line, index) => index < lines.length - 1 || !/^\s*[0-9a-f]{4,16}:?\s*$/i.test(line));
    for (const layout of layouts) {
      const hasOffsets = layout !== layouts[2] && rows.length > 0;
      const found = (hasOffsets ? rows : lines).map(line => layout.exec(line));
      if (!found.every(Boolean)) continue;
      return found.map(match => bytesOf(match[1].replace(/0x|\\x/gi, ''))).join('');
    }
    return null;
  }

  const named = { r: '\r', n: '\n', t: '\t', '0': '\0', '\\': '\\', '"': '"', "'": "'" };

  // The bytes of a text with escapes as in string literals; breaks of the pasted text itself mean nothing.
  function unescape(text) {
    const inner = text.split('\n').map(line => line.trim().replace(/^[a-z]{0,2}(["'])(.*)\1[,;]?$/i, '$2')).join('');
    return inner.replace(/\\(?:x([0-9a-f]{2})|u\{?([0-9a-f]{4})\}?|([rnt0\\"']))|[^\\]+|\\/gi,
      (all, byte, unit, name) => byte !== undefined ? String.fromCharCode(parseInt(byte, 16))
        : unit !== undefined ? encode(String.fromCharCode(parseInt(unit, 16)))
          : name !== undefined ? named[name.toLowerCase()] : encode(all));
  }

  const hasEscapes = text => /\\[rn]|\\x[0-9a-f]{2}/i.test(text);

  // Marks of logs that say who sends a line.
  const marks = /^\s*(?:(C>S|client:|C:|>>>?|-->)|(S>C|server:|S:|<<<?|<--))\s*(?=\S)/i;

  // Pieces of one sender each, with the bytes of their lines.
  function pieces(text) {
    const result = [];
    for (const line of text.replace(/\n+$/, '').split('\n')) {
      const found = marks.exec(line);
      const sender = found ? found[1] ? 'client' : 'server' : undefined;
      const last = result[result.length - 1];
      const rest = found ? line.slice(found[0].length) : line;
      if (sender || !last) result.push({ sender, lines: [rest] }); else last.lines.push(rest);
    }
    return result;
  }

  // What a pasted text is: its kind and pieces of bytes, each with the senders that it may have. A browser makes every
  // line break one character, so there is a second reading of each piece of text, in which payloads have it that way.
  interpreter.readInput = function readInput(text, kind = 'auto', isCommand = () => false) {
    const plain = text.replace(/\r\n?/g, '\n');
    const first = /^\s*([^\s]*)/.exec(plain)[1];
    const isDump = kind === 'dump' || kind === 'auto' && !isCommand(first);
    const bytes = isDump ? dump(plain) : null;
    if (bytes !== null) return { kind: 'dump', pieces: [{ sender: undefined, readings: [bytes] }] };
    if (kind === 'dump') {
      const problem = 'This is no hex dump: a line has something else than pairs of hexadecimal digits.';
      return { kind, pieces: [], problem };
    }
    if (kind === 'escaped' || kind === 'auto' && hasEscapes(plain)) {
      const found = marks.exec(plain);
      const sender = found ? found[1] ? 'client' : 'server' : undefined;
      const data = unescape(found ? plain.slice(found[0].length) : plain);
      return { kind: 'escaped', pieces: [{ sender, readings: [data] }] };
    }
    return {
      kind: 'text',
      pieces: pieces(plain).map(({ sender, lines }) => {
        const ending = lines.length > 1;
        const whole = encode(lines.join('\r\n'));
        const short = encode(`${lines[0]}\r\n${lines.slice(1).join('\n')}`);
        return { sender, readings: ending ? [whole, `${whole}\r\n`, short, encode(lines.join('\n'))] : [whole] };
      }),
    };
  };
})();
