// A tap on the map writes its place into the field of corners; what stands in the field is drawn. The field works alone.
(() => {
  const box = document.querySelector("[data-map]");
  const status = document.querySelector("[data-map-status]");
  const told = JSON.parse(box.dataset.map);
  const [CORNERS, UNDO, LARGER, SMALLER, , HINT] = box.dataset.said.split("|");
  const field = document.getElementById(box.dataset.corners);
  const kind = document.getElementById(box.dataset.kind);
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();

  box.textContent = "";
  const map = L.map(box, { zoomControl: false, minZoom: 9, maxZoom: 19, zoomSnap: 0.5, attributionControl: Boolean(told.tiles) });
  L.control.zoom({ zoomInTitle: LARGER, zoomOutTitle: SMALLER }).addTo(map);
  const [west, south, east, north] = told.bounds;
  map.fitBounds([[south, west], [north, east]], { animate: false });
  if (told.tiles) L.tileLayer(told.tiles, { attribution: told.credit, maxZoom: 19 }).addTo(map);
  const drawn = L.layerGroup().addTo(map);

  const corners = () =>
    field.value.split("\n").map((line) => line.split(/[,;\s]+/).filter(Boolean).map(Number)).filter((pair) => pair.length === 2 && pair.every(Number.isFinite));

  function draw() {
    const found = corners();
    const look = { color: colour("indigo"), weight: 3 };
    drawn.clearLayers();
    found.forEach((at) => drawn.addLayer(L.circleMarker(at, { ...look, radius: 6 })));
    if (kind.value === "line" && found.length > 1) drawn.addLayer(L.polyline(found, look));
    if (kind.value === "area" && found.length > 2) drawn.addLayer(L.polygon(found, look));
    status.textContent = found.length ? `${found.length} ${CORNERS}` : HINT;
  }

  function write(found) {
    field.value = found.map(([lat, lon]) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`).join("\n");
    draw();
  }

  map.on("click", ({ latlng }) => {
    if (kind.value === "none") return;
    const before = kind.value === "point" ? [] : corners();
    write([...before, [latlng.lat, latlng.lng]]);
  });
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button";
  undo.textContent = UNDO;
  undo.addEventListener("click", () => write(corners().slice(0, -1)));
  status.before(undo);
  field.addEventListener("input", draw);
  kind.addEventListener("change", draw);
  fetch(box.dataset.shapes)
    .then((reply) => reply.json())
    .then((shapes) => {
      const style = { color: colour("edge"), weight: 1, fillColor: colour("surface"), fillOpacity: told.tiles ? 0 : 1, interactive: false };
      L.geoJSON(shapes, { style }).addTo(map).bringToBack();
    })
    .catch(() => {})
    .finally(draw);
})();
