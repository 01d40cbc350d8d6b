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
  await check(section, flow.form.dataset.check, v, [flow.shown(), v.landmark, v.text]);
}
