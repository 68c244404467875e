/* Search. The index is a script of its own, fetched on first use, because pages in a folder cannot load anything else.
   Its rows are: name, kind, address, sentence, other words. */
(() => {
  'use strict';
  const { base, find, findAll, make, say, versions } = reference;
  const box = find('#search'), list = find('#hits'), limit = 12;
  let index, isLoading = false, picked = -1, goesOnLoad = false;

  /* Of two equal matches, the kind that stands first here is shown first. */
  const kinds = [
    'command', 'error', 'version', 'program', 'algorithm', 'payload', 'page', 'conversation', 'state', 'service',
    'type', 'value', 'bit', 'header', 'element', 'form', 'field', 'parameter', 'source', 'question',
  ];

  function load() {
    if (index || isLoading) return;
    isLoading = true;
    const script = make('script', { src: `${base}search-index.js` });
    script.addEventListener('load', () => {
      index = prepare(window.searchIndex);
      search();
      if (goesOnLoad) follow();
    });
    script.addEventListener('error', () => { isLoading = false; showNothing('search-index.js is missing.'); });
    document.head.append(script);
  }

  const prepare = rows => rows.map(([name, kind, address, about, words]) => {
    const names = [name, ...words.split(' ').filter(Boolean)].map(word => word.toLowerCase());
    return {
      name, kind, address, about, names, ends: names.map(word => word.slice(word.lastIndexOf('.') + 1)),
      text: `${names.join(' ')} ${about.toLowerCase()}`, humps: `${name} ${words} ${about}`,
      rank: kinds.indexOf(kind) + 1 || kinds.length + 1,
    };
  });

  /* How well an entry matches a word or the whole query: less is better, undefined is not at all. */
  function match(entry, query) {
    if (!entry.text.includes(query)) return undefined;
    if (entry.names[0] === query) return 0;
    if (entry.names.includes(query)) return 1;
    if (entry.ends.includes(query)) return 2;
    if (entry.names[0].startsWith(query)) return 3;
    if (entry.names.some(name => name.startsWith(query)) || entry.ends.some(end => end.startsWith(query))) return 4;
    const inName = entry.names.some(name => name.includes(query));
    return (inName ? 5 : 7) + (startsWord(entry.humps, query) ? 0 : 1);
  }

  /* Whether a word starts with the query, or a part of a word such as `Failed` in `authenticationFailed`. */
  function startsWord(text, query) {
    const lower = text.toLowerCase();
    for (let at = lower.indexOf(query); at >= 0; at = lower.indexOf(query, at + 1)) {
      const before = text[at - 1] ?? ' ';
      if (!/[A-Za-z0-9]/.test(before) || (/[a-z0-9]/.test(before) && /[A-Z]/.test(text[at]))) return true;
    }
    return false;
  }

  /* A word that an entry lacks costs more the longer it is: long words are what people are after. */
  function score(entry, query, words) {
    const whole = match(entry, query) ?? Infinity;
    /* "product challenge" is how people write `productChallenge`. */
    const best = Math.min(whole, match(entry, words.join('')) ?? Infinity);
    if (words.length < 2) return best < Infinity ? best * 100 + entry.rank : undefined;
    let total = 600, found = false;
    for (const word of words) {
      const one = match(entry, word);
      found ||= one !== undefined;
      total += one === undefined ? 1000 + word.length * 100 : one * 10;
    }
    return found || best < Infinity ? Math.min(best * 100, total) + entry.rank : undefined;
  }

  function results(query) {
    const words = query.split(/\s+/), found = [];
    for (const entry of index) {
      const value = score(entry, query, words);
      if (value !== undefined) found.push({ value, entry });
    }
    return found.sort((a, b) => a.value - b.value || a.entry.name.length - b.entry.name.length).slice(0, limit);
  }

  function close() {
    list.replaceChildren();
    picked = -1;
    box.removeAttribute('aria-activedescendant');
    box.setAttribute('aria-expanded', 'false');
  }

  function showNothing(text) {
    close();
    list.append(make('div', { class: 'none', role: 'option', 'aria-disabled': 'true' }, text));
    box.setAttribute('aria-expanded', 'true');
    say(text);
  }

  function search() {
    const query = box.value.trim().toLowerCase();
    goesOnLoad = false;
    if (!query || !index) return close();
    const found = results(query);
    if (!found.length) return showNothing('Nothing found. Try a command, the number of an error or a parameter.');
    list.replaceChildren(...found.map(({ entry }, place) => make(
      'a', { id: `hit-${place}`, role: 'option', tabindex: '-1', href: base + versions.keep(entry.address) },
      make('b', {}, entry.name), make('i', {}, entry.kind), make('span', {}, entry.about))));
    box.setAttribute('aria-expanded', 'true');
    say(found.length === 1 ? '1 result' : `${found.length} results`);
    pick(0);
  }

  function pick(place) {
    const options = findAll('a', list);
    if (!options.length) return;
    picked = (place + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === picked)));
    box.setAttribute('aria-activedescendant', options[picked].id);
    options[picked].scrollIntoView({ block: 'nearest' });
  }

  const follow = () => findAll('a', list)[picked]?.click();
  const keys = {
    ArrowDown: () => pick(picked + 1),
    ArrowUp: () => pick(picked - 1),
    Enter: () => { if (index) follow(); else goesOnLoad = true; },
    Escape: () => { box.value = ''; close(); box.blur(); },
  };

  box.addEventListener('focus', load);
  box.addEventListener('input', search);
  box.addEventListener('blur', close);
  box.addEventListener('keydown', event => {
    if (!keys[event.key] || event.isComposing) return;
    event.preventDefault();
    keys[event.key]();
  });
  /* The list stays while somebody presses a result. */
  list.addEventListener('pointerdown', event => event.preventDefault());
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('click', event => { if (event.target.closest('a')) { box.value = ''; setTimeout(close); } });

  document.addEventListener('keydown', event => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    box.focus();
  });
})();
