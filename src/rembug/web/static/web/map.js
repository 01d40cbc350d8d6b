// Draws what the screen can show: outlines, counted cells from afar, single reports from near. Asks again after a move.
(() => {
  const box = document.querySelector("[data-map]");
  const status = document.querySelector("[data-map-status]");
  const told = JSON.parse(box.dataset.map);
  const [REPORTS, OPEN, LARGER, SMALLER, FAILED, EMPTY] = box.dataset.said.split("|");
  const DEPTHS = ["dry", "ankle", "calf", "knee", "thigh", "waist", "chest"];
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();

  box.textContent = "";
  const map = L.map(box, { preferCanvas: true, zoomControl: false, minZoom: 9, maxZoom: 18, zoomSnap: 0.5, attributionControl: Boolean(told.tiles) });
  L.control.zoom({ zoomInTitle: LARGER, zoomOutTitle: SMALLER }).addTo(map);
  const [west, south, east, north] = told.bounds;
  map.fitBounds([[south, west], [north, east]], { animate: false });
  if (told.tiles) L.tileLayer(told.tiles, { attribution: told.credit, maxZoom: 18 }).addTo(map);

  // A circle that carries its number: canvas text, so a thousand of them cost nothing.
  const Counted = L.CircleMarker.extend({
    _updatePath() {
      L.CircleMarker.prototype._updatePath.call(this);
      const pen = this._renderer._ctx;
      if (!this.options.label || !pen || this._empty()) return;
      pen.save();
      pen.font = "bold 13px system-ui, sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillStyle = this.options.ink;
      pen.fillText(this.options.label, this._point.x, this._point.y);
      pen.restore();
    },
  });

  const marks = L.layerGroup().addTo(map);
  const fill = (depth) => colour(DEPTHS[depth] || "surface"); // no depth: a street light, a blocked drain
  const ink = (depth) => (depth >= 4 ? "#fff" : "#1b2430");

  function drawCell([lon, lat, count, depth]) {
    const mark = new Counted([lat, lon], {
      radius: Math.min(12 + 4 * Math.log2(count + 1), 34), color: colour("indigo"), weight: 1.5,
      fillColor: fill(depth), fillOpacity: 0.92, label: String(count), ink: ink(depth),
    });
    mark.on("click", () => map.setView([lat, lon], Math.min(map.getZoom() + 2, 18)));
    marks.addLayer(mark);
  }

  function drawPoint(point, answer) {
    const [code, lon, lat, kind, depth, rung, percent] = point;
    // A dashed ring says "not yet checked" without colour.
    const mark = L.circleMarker([lat, lon], {
      radius: 9, color: colour("indigo"), weight: 2, dashArray: rung === 0 ? "3 3" : null, fillColor: fill(depth), fillOpacity: 0.95,
    });
    mark.bindPopup(() => popup(code, told.kinds[answer.categories[kind]], depth, rung, percent));
    marks.addLayer(mark);
  }

  function popup(code, category, depth, rung, percent) {
    const words = document.createElement("div");
    const name = document.createElement("b");
    name.textContent = [category, told.depths[depth]].filter(Boolean).join(": ");
    const state = document.createElement("p");
    state.textContent = `${told.rungs[rung] || ""} (${percent}%)`;
    const link = document.createElement("a");
    link.href = `/laporan/${encodeURIComponent(code)}/`;
    link.textContent = OPEN;
    words.append(name, state, link);
    return words;
  }

  let waiting;
  async function ask() {
    waiting?.abort();
    waiting = new AbortController();
    const part = map.getBounds();
    const bbox = [part.getWest(), part.getSouth(), part.getEast(), part.getNorth()].map((side) => side.toFixed(5)).join(",");
    try {
      const reply = await fetch(`${box.dataset.answers}?bbox=${bbox}&zoom=${Math.round(map.getZoom())}`, { signal: waiting.signal });
      if (!reply.ok) throw new Error(reply.statusText);
      const answer = await reply.json();
      marks.clearLayers();
      answer.cells.forEach(drawCell);
      answer.points.forEach((point) => drawPoint(point, answer));
      const count = answer.points.length + answer.cells.reduce((sum, cell) => sum + cell[2], 0);
      status.textContent = count ? `${count} ${REPORTS}` : EMPTY;
    } catch (fault) {
      if (fault.name !== "AbortError") status.textContent = FAILED;
    }
  }

  fetch(box.dataset.shapes)
    .then((reply) => reply.json())
    .then((shapes) => {
      const style = { color: colour("edge"), weight: 1, fillColor: colour("surface"), fillOpacity: told.tiles ? 0 : 1, interactive: false };
      const name = (area, layer) =>
        layer.bindTooltip(area.properties.name, { permanent: true, direction: "center", className: "place-name" });
      const land = L.geoJSON(shapes, { style, onEachFeature: name }).addTo(map);
      land.bringToBack();
      map.fitBounds(land.getBounds(), { padding: [8, 8], animate: false });
    })
    .catch(() => {}) // the outlines only help the eye; the reports come all the same
    .finally(() => {
      map.on("moveend", ask);
      ask();
    });
  const near = () => box.classList.toggle("far", map.getZoom() < 13.5);
  map.on("zoomend", near);
  near();
})();
