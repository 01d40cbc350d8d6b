// Draws frozen points, lines and areas of a GeoJSON file, one colour a sign of the legend, with the legend beside it.
(() => {
  const box = document.querySelector("[data-map]");
  const status = document.querySelector("[data-map-status]");
  const told = JSON.parse(box.dataset.map);
  const [MARKS, , LARGER, SMALLER, FAILED, EMPTY] = box.dataset.said.split("|");
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();
  const TONES = ["indigo", "madder", "leaf", "amber", "waist", "quiet"];
  const DASHES = [null, "6 4", "2 4"];

  box.textContent = "";
  const map = L.map(box, { zoomControl: false, minZoom: 9, maxZoom: 18, zoomSnap: 0.5, attributionControl: Boolean(told.tiles) });
  L.control.zoom({ zoomInTitle: LARGER, zoomOutTitle: SMALLER }).addTo(map);
  const [west, south, east, north] = told.bounds;
  map.fitBounds([[south, west], [north, east]], { animate: false });
  if (told.tiles) L.tileLayer(told.tiles, { attribution: told.credit, maxZoom: 18 }).addTo(map);

  function draw(features) {
    const signs = [...new Set(features.map((one) => one.properties.legend))].sort();
    // A sign beyond the sixth has the first colour again, with another dash.
    const look = ({ properties }) => {
      const place = signs.indexOf(properties.legend);
      const tone = colour(TONES[place % TONES.length]);
      return { color: tone, weight: 3, dashArray: DASHES[Math.floor(place / TONES.length)] || null, fillColor: tone, fillOpacity: 0.25 };
    };
    const words = ({ properties }) => {
      const part = document.createElement("div");
      const sign = document.createElement("b");
      sign.textContent = properties.legend;
      const said = document.createElement("p");
      said.textContent = [properties.words, properties.area_name].filter(Boolean).join(" · ");
      part.append(sign, said);
      return part;
    };
    const placed = features.filter((one) => one.geometry);
    const layer = L.geoJSON(placed, {
      style: look,
      pointToLayer: (one, at) => L.circleMarker(at, { ...look(one), radius: 9 }),
      onEachFeature: (one, mark) => mark.bindPopup(() => words(one)),
    }).addTo(map);
    if (placed.length) map.fitBounds(layer.getBounds(), { padding: [24, 24], maxZoom: 16, animate: false });
    status.textContent = placed.length ? `${placed.length} ${MARKS}` : EMPTY;
  }

  const read = (address) => fetch(address).then((reply) => (reply.ok ? reply.json() : Promise.reject(reply)));
  read(box.dataset.shapes)
    .then((shapes) => {
      const style = { color: colour("edge"), weight: 1, fillColor: colour("surface"), fillOpacity: told.tiles ? 0 : 1, interactive: false };
      L.geoJSON(shapes, { style }).addTo(map).bringToBack();
    })
    .catch(() => {}) // the outlines only help the eye
    .then(() => read(box.dataset.answers))
    .then((answer) => draw(answer.features))
    .catch(() => {
      status.textContent = FAILED;
    });
})();
