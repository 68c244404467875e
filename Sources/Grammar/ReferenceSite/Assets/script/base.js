/* What the parts of the script share. Every page reads without any of it. */
const reference = (() => {
  'use strict';
  const find = (selector, within = document) => within.querySelector(selector);
  const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* An element with attributes and children; attributes that are false or missing are left out. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children);
    return element;
  }

  const status = make('p', { class: 'sr', role: 'status' });
  document.body.append(status);
  /* Tells people who do not see the page what has happened. */
  const say = text => { status.textContent = text; };

  /* What is added to figures with lines; `dress` adds it to one that a script has made. */
  const additions = [];
  function addToWires(addition) {
    additions.push(addition);
    for (const wire of findAll('.wire')) addition(wire);
  }
  const dress = wire => { for (const addition of additions) addition(wire); };

  /* The place with an id as it stands in an address, where some characters are percent-coded. */
  function place(fragment) {
    try {
      return fragment ? document.getElementById(decodeURIComponent(fragment)) : null;
    } catch { /* a percent sign that starts no code */
      return document.getElementById(fragment);
    }
  }
  /* What the address of the page points to. */
  const target = () => place(location.hash.slice(1));

  const root = document.documentElement, base = root.dataset.base ?? '';
  return { root, base, find, findAll, make, say, place, target, addToWires, dress };
})();
