// What the questions "where?" and "check and send" need once they are on the screen.
import { shrink } from './photo.js';
import { chooseWard, locate, tapMap, wholeMap } from './place.js';
import { alarm, check, photoOfDraft, takePhoto } from './review.js';

export function place(section, flow) {
  locate(section, (found) => { flow.save(found); flow.next(); });
  wholeMap(section, section.querySelector('.city-map'));
}

export function ward(button, flow) {
  flow.save(chooseWard(button));
  flow.next();
}

export function tap(picture, flow) {
  const found = tapMap(flow.stage, picture, flow.spot);
  if (!found) return;
  flow.save(found);
  flow.next();
}

export const photo = (section, file) => takePhoto(section, file, shrink);

export async function review(section, flow) {
  const words = flow.form.dataset.words.split('|');
  const { v } = flow.draft;
  const text = section.querySelector('#text');
  text.oninput = () => alarm(section, words, text.value);
  alarm(section, words, v.text || '');
  const { files: [file] } = section.querySelector('#photo');
  flow.photo ??= file ? photo(section, file) : photoOfDraft(section);
  await check(section, flow.form.dataset.check, v, [shown(flow), v.landmark, v.text]);
}

export const again = (_, flow) => review(flow.stage, flow);

// The answers to a category's own questions.
export function answers(_, flow) {
  const missing = flow.stage.querySelector('input[required]:invalid');
  if (missing) { missing.focus(); missing.reportValidity(); return; }
  const chosen = [...flow.stage.querySelectorAll('input[data-question]:checked')];
  flow.save({ answers: Object.fromEntries(chosen.map((one) => [one.dataset.question, one.value])) });
  flow.next();
}

// What a person would call this report, for the list on the phone.
function shown({ draft: { v }, sections, kinds, isFlood }) {
  const depth = sections.get('depth').querySelector(`[name=depth_class][value="${v.depth_class}"] b`);
  return [kinds.get(v.category)?.dataset.name, isFlood() && depth?.textContent].filter(Boolean).join(': ');
}

export async function send(button, flow) {
  button.disabled = true;
  try {
    const { files: [file] } = flow.stage.querySelector('#photo');
    const chosen = await (flow.photo ?? (file && photo(flow.stage, file))); // still being made small: it goes along
    const out = await import('./send.js');
    if (await out.send({ ...flow, photo: chosen, shown: () => shown(flow) })) flow.anew();
  } finally {
    button.disabled = false;
  }
}
