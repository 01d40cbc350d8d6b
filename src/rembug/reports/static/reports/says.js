// The page's own words, in the reader's language; a # stands for a number.
const words = document.querySelector('[data-says]')?.dataset || {};

export function say(name, ...values) {
  let text = words[name] || '';
  for (const value of values.reverse()) text = text.includes('##') ? text.replace('##', value) : text.replace('#', value);
  return text;
}

export function element(tag, text = '', attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
