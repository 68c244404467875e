/* The version switch. `data-v` holds the versions that have an element, such as "2-7,9". The choice lives in the
   address: ?v= is the version, ?c= the one that it is compared with. */
reference.versions = (() => {
  'use strict';
  const { root, find, findAll, make, target } = reference;
  const first = find('#version'), second = find('#compare'), bar = find('.note-bar');
  if (!first) return { keep: address => address };

  const versions = [...first.options].filter(option => option.value).map(option => (
    { number: +option.value, name: option.textContent, place: +(option.dataset.place ?? 0) }));
  const placed = versions.filter(version => version.place);
  const named = number => versions.find(version => version.number === number);
  /* The numbers of the versions that are chosen; 0 can be the number of one. */
  const chosen = { v: undefined, c: undefined };
  const number = text => text ? +text : undefined;

  const ranges = set => set.split(',').map(range => {
    const [from, to = from] = range.split('-').map(Number);
    return { from, to };
  });
  const range = (set, number) => ranges(set).find(({ from, to }) => from <= number && number <= to);
  const has = (set, number) => range(set, number) !== undefined;

  /* The choice as the end of an address. */
  const query = ({ v, c } = chosen) => v === undefined ? '' : `?v=${v}${c === undefined ? '' : `&c=${c}`}`;

  /* The address of a page of this site, with the choice. */
  function keep(address) {
    const [, path, hash = ''] = address.match(/^([^?#]*)(?:\?[^#]*)?(#.*)?$/) ?? [];
    const isPage = path?.endsWith('.html') && !/^[a-z]+:/i.test(path);
    return isPage ? path + query() + hash : address;
  }

  function choose(v, c) {
    chosen.v = named(v)?.number;
    chosen.c = chosen.v !== undefined && c !== v ? named(c)?.number : undefined;
    const address = new URL(location);
    address.search = query();
    try { history.replaceState(history.state, '', address); } catch { /* some browsers forbid it in folders */ }
    show();
  }

  function show() {
    const { v, c } = chosen;
    root.toggleAttribute('data-version', v !== undefined);
    root.toggleAttribute('data-compare', c !== undefined);
    column('', named(v)); column('2', named(c));
    for (const element of findAll('[data-v]')) mark(element);
    for (const element of findAll('[data-empties], .fold, .scroll')) hideIfEmpty(element);
    for (const element of findAll('.v[data-in]')) showLife(element);
    for (const heading of findAll('main h2')) sayIfEmpty(heading);
    for (const link of findAll('.axis a')) {
      link.toggleAttribute('aria-current', false);
      if (link.getAttribute('href') === `?v=${v}`) link.setAttribute('aria-current', 'true');
    }
    for (const link of findAll('a[href]')) link.setAttribute('href', keep(link.getAttribute('href')));
    first.value = v ?? ''; second.value = c ?? ''; second.disabled = v === undefined;
    showBar();
  }

  /* The column of a version over all lines on the axis. */
  function column(suffix, version) {
    root.toggleAttribute(`data-column${suffix}`, (version?.place ?? 0) > 0);
    root.style.setProperty(`--sel${suffix}`, version?.place ?? 0);
  }

  /* Hides what both versions lack, and marks what only one of them has. */
  function mark(element) {
    const { v, c } = chosen, set = element.dataset.v;
    const inFirst = v === undefined || has(set, v), inSecond = c !== undefined && has(set, c);
    const differs = c !== undefined && inFirst !== inSecond;
    /* As an attribute, because drawings have no property for it. */
    element.toggleAttribute('hidden', !inFirst && !inSecond);
    element.classList.toggle('only', differs);
    element.classList.toggle('only-c', differs && inSecond);
    if (differs) {
      const part = element.matches('tr') ? element.cells[0] : find(':scope > :is(.form-head, dd, summary)', element);
      (part ?? element).dataset.only = named(inFirst ? v : c).name;
    }
    if (v !== undefined && element.matches('.exchange')) element.open = !element.hidden;
  }

  /* Hides a group of which nothing is left. */
  function hideIfEmpty(group) {
    const parts = findAll('[data-v]', group);
    if (parts.length && !group.dataset.v && !find('tbody tr:not([data-v], .group)', group)) {
      group.hidden = parts.every(part => part.hidden);
    }
  }

  /* Says under a heading that nothing is left there. */
  function sayIfEmpty(heading) {
    const parts = [];
    let next = heading.nextElementSibling;
    for (; next && next.tagName !== 'H2'; next = next.nextElementSibling) parts.push(next);
    if (parts[0]?.matches('.lacking')) parts.shift().remove();
    const versioned = parts.flatMap(part => part.matches('[data-v]') ? [part] : findAll('[data-v]', part));
    if (chosen.v === undefined || !versioned.length || !versioned.every(part => part.closest('[hidden]'))) return;
    if (parts.some(part => !part.hidden && part.innerText.trim())) return;
    const names = [chosen.v, chosen.c].map(named).filter(Boolean).map(version => version.name).join(' and ');
    heading.after(make('p', { class: 'soft lacking' }, `Nothing in ${names}.`));
  }

  /* "since 9, gone in 13" in the place of the names of the first and the last version. */
  const marks = new WeakMap();
  function showLife(element) {
    if (!marks.has(element)) marks.set(element, element.textContent);
    const set = element.dataset.in, life = range(set, chosen.v) ?? range(set, chosen.c);
    element.textContent = life ? words(life) : marks.get(element);
  }
  function words({ from, to }) {
    const next = placed.find(version => version.number > to);
    const parts = [from > placed[0]?.number && `since ${from}`, next && `gone in ${next.number}`];
    return parts.filter(Boolean).join(', ') || 'all versions';
  }

  function showBar() {
    const { v, c } = chosen;
    bar.textContent = '';
    if (v === undefined) return;
    const forms = findAll('.form[data-v]'), shown = forms.filter(form => !form.hidden).length;
    const names = named(v).name + (named(c) ? ` compared with ${named(c).name}` : '');
    const story = find('.told-figure') && tellStory(v);
    const what = story ? story.text : !forms.length ? `What ${named(c) ? 'both lack' : 'it lacks'} is hidden.`
      : shown ? `${shown} of ${forms.length} forms are shown.`
      : `${named(c) ? 'Neither has any' : 'It has none'} of these forms.`;
    const lost = target()?.closest('[hidden]') ? ' What the address points to is hidden.' : '';
    const clear = make('button', { type: 'button' }, 'Show all versions');
    clear.addEventListener('click', () => { choose(); first.focus(); });
    bar.append(`${names}. ${what}${lost}`, ...(story?.link ? [' ', story.link] : []), clear);
  }

  /* Whether the conversation of this page is told in a version, and on which page. */
  function tellStory(number) {
    const page = findAll('.told-figure a').find(link => has(link.dataset.told, number));
    if (!page) return { text: 'This conversation is not told in it.' };
    if (page.hasAttribute('aria-current')) return { text: 'This page tells how it goes there.' };
    const link = make('a', { href: page.getAttribute('href') }, 'Show how it goes there');
    return { text: 'This page tells how it goes in other versions.', link };
  }

  first.addEventListener('change', () => choose(number(first.value), chosen.c));
  second.addEventListener('change', () => choose(chosen.v, number(second.value)));
  document.addEventListener('click', event => {
    const link = event.target.closest?.('.axis a');
    if (!link) return;
    event.preventDefault();
    const picked = number(new URLSearchParams(link.search).get('v'));
    choose(picked === chosen.v ? undefined : picked, chosen.c);
  });
  addEventListener('hashchange', showBar);
  const asked = new URLSearchParams(location.search);
  choose(number(asked.get('v')), number(asked.get('c')));
  return { keep };
})();
