// "My place": a tap on the picture or the phone's position, rounded to about 100 m, kept in this browser only.
const box = document.getElementById("tempat");
const [west, south, east, north] = box.dataset.bbox.split(" ").map(Number);
const KEY = "rembug-rob-place";
box.hidden = false;

function show() {
  const kept = localStorage.getItem(KEY);
  document.getElementById("simpanan").hidden = !kept;
  if (kept) document.getElementById("buka").href = `${box.dataset.spot}${kept}/`;
}

function keep(lon, lat) {
  const place = `${lon.toFixed(3)},${lat.toFixed(3)}`;
  localStorage.setItem(KEY, place);
  location.href = `${box.dataset.spot}${place}/`;
}

document.getElementById("peta").addEventListener("click", (event) => {
  const picture = event.currentTarget.querySelector("img").getBoundingClientRect();
  if (event.detail === 0) return; // by keyboard there is no place: the list of kelurahan serves
  const right = (event.clientX - picture.left) / picture.width;
  const down = (event.clientY - picture.top) / picture.height;
  keep(west + right * (east - west), north - down * (north - south));
});
document.getElementById("hapus").addEventListener("click", () => {
  localStorage.removeItem(KEY);
  show();
});
document.getElementById("sini").addEventListener("click", () => {
  const sorry = document.getElementById("pesan");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => keep(coords.longitude, coords.latitude),
    () => { sorry.textContent = sorry.dataset.denied; },
    { timeout: 10000, maximumAge: 60000 },
  );
});
show();
