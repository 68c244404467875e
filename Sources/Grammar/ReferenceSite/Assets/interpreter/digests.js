/* MD5, SHA-1, HMAC and 3DES, on strings with one character for each byte. For pages that show how values come about,
   not for keeping secrets. */
(() => {
  'use strict';
  const interpreter = globalThis.Interpreter;
  const { fromHexadecimal } = interpreter.bytes;

  const rotate = (number, count) => number << count | number >>> 32 - count;

  // The data, a bit, zeros and its length in bits.
  function padded(data, isBig) {
    const zeros = (119 - data.length % 64) % 64;
    const bits = BigInt(data.length) * 8n;
    const digits = fromHexadecimal(bits.toString(16).padStart(16, '0'));
    return `${data}\x80${'\0'.repeat(zeros)}${isBig ? digits : [...digits].reverse().join('')}`;
  }

  // A word of 32 bits.
  function word(data, place, isBig) {
    let result = 0;
    for (let offset = 0; offset < 4; offset++) {
      result = result << 8 | data.charCodeAt(place + (isBig ? offset : 3 - offset));
    }
    return result;
  }

  function bytesOf(words, isBig) {
    return words.map(number => {
      const bytes = [24, 16, 8, 0].map(shift => String.fromCharCode(number >>> shift & 0xff));
      return (isBig ? bytes : bytes.reverse()).join('');
    }).join('');
  }

  const md5Shifts = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
  const md5Numbers = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0);
  const md5Rounds = [
    [(b, c, d) => b & c | ~b & d, index => index],
    [(b, c, d) => b & d | c & ~d, index => (5 * index + 1) % 16],
    [(b, c, d) => b ^ c ^ d, index => (3 * index + 5) % 16],
    [(b, c, d) => c ^ (b | ~d), index => 7 * index % 16],
  ];

  function md5(data) {
    const whole = padded(data, false);
    let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
    for (let start = 0; start < whole.length; start += 64) {
      let [a, b, c, d] = state;
      for (let index = 0; index < 64; index++) {
        const round = index >> 4;
        const [mix, place] = md5Rounds[round];
        const sum = a + mix(b, c, d) + md5Numbers[index] + word(whole, start + 4 * place(index), false) | 0;
        [a, d, c, b] = [d, c, b, b + rotate(sum, md5Shifts[round][index % 4]) | 0];
      }
      state = [a, b, c, d].map((number, index) => number + state[index] | 0);
    }
    return bytesOf(state, false);
  }

  const sha1Rounds = [
    [0x5a827999, (b, c, d) => b & c | ~b & d], [0x6ed9eba1, (b, c, d) => b ^ c ^ d],
    [0x8f1bbcdc, (b, c, d) => b & c | b & d | c & d], [0xca62c1d6, (b, c, d) => b ^ c ^ d],
  ];

  function sha1(data) {
    const whole = padded(data, true);
    let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    for (let start = 0; start < whole.length; start += 64) {
      const words = Array.from({ length: 16 }, (_, index) => word(whole, start + 4 * index, true));
      for (let index = 16; index < 80; index++) {
        words.push(rotate(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1));
      }
      let [a, b, c, d, e] = state;
      for (let index = 0; index < 80; index++) {
        const [constant, mix] = sha1Rounds[Math.floor(index / 20)];
        const next = rotate(a, 5) + mix(b, c, d) + e + constant + words[index] | 0;
        [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
      }
      state = [a, b, c, d, e].map((number, index) => number + state[index] | 0);
    }
    return bytesOf(state, true);
  }

  function hmacSHA1(key, data) {
    const block = (key.length > 64 ? sha1(key) : key).padEnd(64, '\0');
    const mixed = mask => [...block].map(byte => String.fromCharCode(byte.charCodeAt(0) ^ mask)).join('');
    return sha1(mixed(0x5c) + sha1(mixed(0x36) + data));
  }

  // MARK: DES, by the tables of its standard; bits are counted from 1

  const initial = [58, 60, 62, 64, 57, 59, 61, 63].flatMap(first =>
    Array.from({ length: 8 }, (_, index) => first - 8 * index));
  const final = initial.map((_, index) => initial.indexOf(index + 1) + 1);
  const expansion = Array.from({ length: 48 }, (_, index) => (Math.floor(index / 6) * 4 + index % 6 + 31) % 32 + 1);
  const mixing = [16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30,
    6, 22, 11, 4, 25];
  const keyChoice = [57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52,
    44, 36, 63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4];
  const roundChoice = [14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52,
    31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32];
  const turns = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];
  // Eight boxes of four rows of sixteen digits.
  const boxes = [
    'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
    'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
    'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
    '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
    '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
    'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
    '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
    'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
  ];

  const bitsOf = bytes => [...bytes].flatMap(byte =>
    [7, 6, 5, 4, 3, 2, 1, 0].map(shift => byte.charCodeAt(0) >> shift & 1));
  const pick = (bits, places) => places.map(place => bits[place - 1]);
  const join = bits => {
    let result = '';
    for (let place = 0; place < bits.length; place += 8) {
      result += String.fromCharCode(bits.slice(place, place + 8).reduce((byte, bit) => byte << 1 | bit, 0));
    }
    return result;
  };

  // The sixteen keys of the rounds.
  function roundKeys(key) {
    const bits = pick(bitsOf(key), keyChoice);
    let halves = [bits.slice(0, 28), bits.slice(28)];
    return turns.map(count => {
      halves = halves.map(half => [...half.slice(count), ...half.slice(0, count)]);
      return pick(halves.flat(), roundChoice);
    });
  }

  function desBlock(block, keys) {
    const bits = pick(bitsOf(block), initial);
    let left = bits.slice(0, 32), right = bits.slice(32);
    for (const key of keys) {
      const mixed = pick(right, expansion).map((bit, index) => bit ^ key[index]);
      const chosen = boxes.flatMap((box, index) => {
        const [b0, b1, b2, b3, b4, b5] = mixed.slice(6 * index);
        const value = parseInt(box[(b0 << 1 | b5) * 16 + (b1 << 3 | b2 << 2 | b3 << 1 | b4)], 16);
        return [value >> 3 & 1, value >> 2 & 1, value >> 1 & 1, value & 1];
      });
      [left, right] = [right, pick(chosen, mixing).map((bit, index) => bit ^ left[index])];
    }
    return join(pick([...right, ...left], final));
  }

  // Encrypts whole blocks with keys of 16 or 24 bytes; null if a size is wrong.
  function tripleDES(data, key, initialization) {
    if (data.length % 8 || ![16, 24].includes(key.length) || initialization.length !== 8) return null;
    const [first, second, third] = [0, 8, key.length === 24 ? 16 : 0]
      .map(place => roundKeys(key.slice(place, place + 8)));
    let last = initialization, result = '';
    for (let place = 0; place < data.length; place += 8) {
      const block = [...last].map((byte, index) =>
        String.fromCharCode(byte.charCodeAt(0) ^ data.charCodeAt(place + index))).join('');
      last = desBlock(desBlock(desBlock(block, first), [...second].reverse()), third);
      result += last;
    }
    return result;
  }

  interpreter.digests = { md5, sha1, hmacSHA1, tripleDES };
})();
