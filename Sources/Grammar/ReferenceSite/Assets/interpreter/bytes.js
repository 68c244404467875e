/* Bytes as strings with one character for each byte, so that patterns can be used on them. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter = globalThis.Interpreter || {};

  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  const encoder = new TextEncoder();

  const toArray = bytes => Uint8Array.from(bytes, byte => byte.charCodeAt(0));

  function fromArray(array) {
    let result = '';
    // A call takes only so many arguments.
    for (let start = 0; start < array.length; start += 8192) {
      result += String.fromCharCode(...array.subarray(start, start + 8192));
    }
    return result;
  }

  // The bytes of a text in UTF-8.
  const encode = text => /^[\0-\x7f]*$/.test(text) ? text : fromArray(encoder.encode(text));

  // The text of bytes in UTF-8; null if they are none.
  function decode(bytes) {
    if (/^[\0-\x7f]*$/.test(bytes)) return bytes;
    try { return strict.decode(toArray(bytes)); } catch { return null; }
  }

  // The text of bytes, with marks where they are no UTF-8.
  const show = bytes => lenient.decode(toArray(bytes));

  const hexadecimal = bytes =>
    Array.from(bytes, byte => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');

  // The bytes of pairs of hexadecimal digits; null for other texts.
  function fromHexadecimal(digits) {
    if (digits.length % 2 || /[^0-9a-f]/i.test(digits)) return null;
    return digits.replace(/../g, pair => String.fromCharCode(parseInt(pair, 16)));
  }

  const escapes = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\\': '\\\\' };

  // Bytes in one line of printable text; what is UTF-8 stays readable.
  function escaped(bytes) {
    const text = decode(bytes);
    const marked = text === null ? bytes.replace(/[\x80-\xff]/g, byte => `\\x${hexadecimal(byte)}`) : text;
    return marked.replace(/[\r\n\t\\\0-\x1f\x7f]/g, (character, place) =>
      text === null && character === '\\' && /^\\x[89a-f][0-9a-f]/.test(marked.slice(place))
        ? character : escapes[character] || `\\x${hexadecimal(character)}`);
  }

  interpreter.bytes = { toArray, fromArray, encode, decode, show, hexadecimal, fromHexadecimal, escaped };
})();
