// Draws the works of the list beside it: one mark a place, its popup names all works there.
(() => {
  const box = document.querySelector("[data-map]");
  const status = document.querySelector("[data-map-status]");
  const told = JSON.parse(box.dataset.map);
  const [WORKS, OPEN, LARGER, SMALLER, FAILED, EMPTY, AT_AREA] = box.dataset.said.split("|");
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();
  const TONES = { delivered: "leaf", late: "amber", broken: "madder" };

  box.textContent = "";
  const map = L.map(box, { zoomControl: false, minZoom: 9, maxZoom: 18, zoomSnap: 0.5, attributionControl: Boolean(told.tiles) });
  L.control.zoom({ zoomInTitle: LARGER, zoomOutTitle: SMALLER }).addTo(map);
  const [west, south, east, north] = told.bounds;
  map.fitBounds([[south, west], [north, east]], { animate: false });
  if (told.tiles) L.tileLayer(told.tiles, { attribution: told.credit, maxZoom: 18 }).addTo(map);

  function entry({ properties: work }) {
    const part = document.createElement("div");
    const link = document.createElement("a");
    link.href = new URL(work.url).pathname;
    link.textContent = `${OPEN}: ${work.title}`;
    const who = document.createElement("p");
    who.textContent = work.funder === work.owner ? work.owner : `${work.owner} · ${work.funder}`;
    const state = document.createElement("p");
    state.textContent = [work.state_words, work.outcome_words, work.at_area ? AT_AREA : ""].filter(Boolean).join(" · ");
    part.append(link, who, state);
    return part;
  }

  function popup(here) {
    const words = document.createElement("div");
    words.append(...here.map(entry));
    return words;
  }

  function draw(works) {
    const spots = Map.groupBy ? Map.groupBy(works, place) : grouped(works);
    for (const here of spots.values()) {
      const [lon, lat] = here[0].geometry.coordinates;
      const tone = colour(TONES[here[0].properties.state] || "indigo");
      const style = { radius: 10 + Math.min(here.length, 5), color: tone, weight: 3, fillColor: colour("surface"), fillOpacity: 0.9,
        dashArray: here[0].properties.at_area ? "4 4" : null };
      const title = here.map((work) => work.properties.title).join(", ");
      const mark = L.circleMarker([lat, lon], style).bindPopup(() => popup(here)).bindTooltip(title).addTo(map);
      // A mark is a button: reached by the tab key, opened by the enter key.
      const shape = mark.getElement();
      shape.setAttribute("tabindex", "0");
      shape.setAttribute("role", "button");
      shape.setAttribute("aria-label", title);
      shape.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        mark.openPopup();
      });
    }
    status.textContent = works.length ? `${works.length} ${WORKS}` : EMPTY;
  }

  function place(work) {
    return work.geometry.coordinates.join(" ");
  }

  function grouped(works) {
    const spots = new Map();
    for (const work of works) spots.set(place(work), [...(spots.get(place(work)) || []), work]);
    return spots;
  }

  const read = (address) => fetch(address).then((reply) => (reply.ok ? reply.json() : Promise.reject(reply)));
  read(box.dataset.shapes)
    .then((shapes) => {
      const style = { color: colour("edge"), weight: 1, fillColor: colour("surface"), fillOpacity: told.tiles ? 0 : 1, interactive: false };
      const land = L.geoJSON(shapes, { style }).addTo(map);
      land.bringToBack();
      map.fitBounds(land.getBounds(), { padding: [8, 8], animate: false });
    })
    .catch(() => {}) // the outlines only help the eye
    .then(() => read(box.dataset.answers))
    .then((answer) => draw(answer.features))
    .catch(() => {
      status.textContent = FAILED;
    });
})();
