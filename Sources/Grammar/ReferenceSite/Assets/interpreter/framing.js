/* Cuts the bytes of one sender into lines with their payloads. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { encode, escaped } = interpreter.bytes;
  const { has, split } = interpreter;
  const { integer } = interpreter.values;

  // Where the lines of a command say how many bytes of payload follow; undefined if none do.
  function rule(grammar, command, context) {
    const entry = grammar.entry(command, context);
    if (entry) return entry.framing;
    const { errorPayloads, limits } = grammar.model;
    const mayHave = errorPayloads !== undefined && has(errorPayloads, context.version);
    if (grammar.isError(command, context.sender) && mayHave) return { words: 3, mayLack: true, limit: limits.payload };
    return undefined;
  }

  // The number of bytes that a line announces; null for no payload, or a problem.
  function payloadLength(line, rule) {
    const words = split(line, false);
    const place = rule.place === undefined ? words.length - 1 : rule.place;
    const isLong = words.length >= rule.words && place > 0 && place < words.length;
    const word = isLong ? words[place].text : null;
    if (rule.mayLack && !(word && /^-?[0-9]+$/.test(word))) return { count: null };
    if (word === null) return { problem: 'payload length is missing' };
    const count = integer(word);
    if (count === null || count < 0n || count > 0xffffffffn) return { problem: 'payload length is not a byte count' };
    return { count: Number(count) };
  }

  // The command at a place: its `line`, its `payload` (null for none) and where the `next` one begins, with a `problem`
  // where that is no command. At the end of the bytes, `isCut` says that some are missing.
  function nextFrame(grammar, data, start, context) {
    const { limits, trailer = '' } = grammar.model;
    const feed = data.indexOf('\n', start);
    const stop = feed < 0 ? data.length : feed > start && data[feed - 1] === '\r' ? feed - 1 : feed;
    const frame = { start, line: data.slice(start, stop), payload: null, next: feed < 0 ? data.length : feed + 1 };
    if (frame.line === '') return { ...frame, problem: 'the line is empty' };
    if (frame.line.length > limits.line) return { ...frame, problem: `the line is longer than ${limits.line} bytes` };
    const command = /^[!-~]*/.exec(frame.line)[0];
    const known = rule(grammar, command, context);
    if (!known) return frame;
    const { count, problem } = payloadLength(frame.line, known);
    if (problem) return { ...frame, problem };
    if (count === null) return frame;
    frame.announced = count;
    // A line alone may be pasted without its payload.
    if (frame.next >= data.length && count > 0) return { ...frame, isCut: true };
    if (count > known.limit) return { ...frame, problem: `a payload of ${count} bytes is longer than ${known.limit}` };
    const end = frame.next + count;
    frame.payload = data.slice(frame.next, end);
    if (end > data.length) return { ...frame, next: data.length, isCut: true };
    frame.next = end;
    const mark = encode(trailer);
    if (mark && data.startsWith(mark, end)) frame.next += mark.length;
    else if (mark) frame.problem = `the payload is not followed by ${escaped(mark)}`;
    return frame;
  }

  // All commands of some bytes in a context.
  interpreter.frames = function frames(grammar, data, context, most = 200) {
    const found = [];
    for (let start = 0; start < data.length && found.length < most;) {
      const frame = nextFrame(grammar, data, start, context);
      // Empty lines at the end come with copying.
      if (frame.line === '' && /^[\r\n]*$/.test(data.slice(start))) break;
      found.push(frame);
      start = frame.next;
    }
    return found;
  };
})();
