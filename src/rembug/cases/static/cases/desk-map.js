// Draws the cases of the list beside it as points; every point leads to its case. Nothing is asked of the server again.
(() => {
  const box = document.querySelector("[data-map]");
  const told = JSON.parse(box.dataset.map);
  const [, OPEN, LARGER, SMALLER] = box.dataset.said.split("|");
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();

  box.textContent = "";
  const map = L.map(box, { preferCanvas: true, zoomControl: false, minZoom: 9, maxZoom: 18, zoomSnap: 0.5, attributionControl: Boolean(told.tiles) });
  L.control.zoom({ zoomInTitle: LARGER, zoomOutTitle: SMALLER }).addTo(map);
  const [west, south, east, north] = told.bounds;
  map.fitBounds([[south, west], [north, east]], { animate: false });
  if (told.tiles) L.tileLayer(told.tiles, { attribution: told.credit, maxZoom: 18 }).addTo(map);

  function popup(point) {
    const words = document.createElement("div");
    const name = document.createElement("b");
    name.textContent = point.name;
    const state = document.createElement("p");
    state.textContent = point.state;
    const link = document.createElement("a");
    link.href = `/kerja/kasus/${encodeURIComponent(point.code)}/`;
    link.textContent = `${OPEN} ${point.code}`;
    words.append(name, state, link);
    return words;
  }

  const style = { color: colour("edge"), weight: 1, fillColor: colour("surface"), fillOpacity: told.tiles ? 0 : 1, interactive: false };
  const named = (area, layer) => layer.bindTooltip(area.properties.name, { permanent: true, direction: "center", className: "place-name" });
  const marks = L.layerGroup().addTo(map);
  function draw() {
    for (const point of told.points) {
      const look = { radius: 9, weight: 3, color: colour(point.late ? "madder" : "indigo"), fillColor: colour(point.late ? "madder" : "surface"), fillOpacity: point.late ? 0.9 : 0.6 };
      marks.addLayer(L.circleMarker([point.lat, point.lon], look).bindPopup(() => popup(point)));
    }
    if (told.points.length) map.fitBounds(told.points.map((point) => [point.lat, point.lon]), { padding: [40, 40], maxZoom: 15, animate: false });
  }
  fetch(box.dataset.shapes)
    .then((reply) => reply.json())
    .then((shapes) => L.geoJSON(shapes, { style, onEachFeature: named }).addTo(map).bringToBack())
    .catch(() => {}) // the outlines only help the eye
    .finally(draw);
  const near = () => box.classList.toggle("far", map.getZoom() < 13.5);
  map.on("zoomend", near);
  near();
})();
