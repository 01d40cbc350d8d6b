// The slider exchanges picture and table; without a script the links by hour do the same.
const slider = document.getElementById("jam");
const picture = document.getElementById("peta-jam");
if (slider && picture) {
  document.getElementById("geser").hidden = false;
  let waiting = 0;
  slider.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, 150);
  });
}

async function change() {
  const hour = slider.value;
  picture.src = `${picture.dataset.base}${hour}.png?v=${picture.dataset.version}`;
  const answer = await fetch(`${picture.dataset.base}${hour}/`);
  if (!answer.ok || hour !== slider.value) return; // a later hour was chosen meanwhile
  document.getElementById("jam-ini").innerHTML = await answer.text();
  slider.setAttribute("aria-valuetext", document.getElementById("saat").textContent);
  history.replaceState(null, "", `?jam=${hour}`);
}
